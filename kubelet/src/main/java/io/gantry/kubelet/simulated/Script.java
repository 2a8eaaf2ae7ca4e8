package io.gantry.kubelet.simulated;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.core.v1.pod.ProbeBuilder;
import io.gantry.kubelet.pod.PodContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a simulated pod behaves, as its annotations say. Pure.
///
/// Each annotation holds for all containers, or with `.CONTAINER` after its name for one. Without any,
/// containers run until they are stopped; those of a Job's pods and init containers end at once with 0.
final class Script {
    /// How long a container runs by itself.
    static final String RUN_SECONDS = SimulatedRuntime.RUN_SECONDS;

    /// What it ends with then.
    static final String EXIT_CODE = SimulatedRuntime.EXIT_CODE;

    /// How long the pod stays in `ContainerCreating`.
    static final String START_SECONDS = "simulated.gantry.io/start-seconds";

    /// How long after its start a container is ready; `never` for never.
    static final String READY_SECONDS = "simulated.gantry.io/ready-seconds";

    /// How long containers take to stop when asked to, at most their grace period.
    static final String STOP_SECONDS = "simulated.gantry.io/stop-seconds";

    /// A reason such as `ErrImagePull` for which a container waits and does not start.
    static final String WAITING = "simulated.gantry.io/waiting";

    /// Indexes of an Indexed Job, e.g. `1,3`: the containers of the others' pods end with 0 whatever
    /// [#EXIT_CODE] says.
    static final String FAILING_INDEXES = "simulated.gantry.io/failing-indexes";

    /// How often a container ends with its exit code before it ends with 0.
    static final String FAILURES = "simulated.gantry.io/failures";

    private static final String PREFIX = "simulated.gantry.io/";
    private static final String JOB_INDEX = "batch.kubernetes.io/job-completion-index";

    private final Map<String, String> annotations;
    private final boolean ofJob;

    private Script(Map<String, String> annotations, boolean ofJob) {
        this.annotations = annotations;
        this.ofJob = ofJob;
    }

    static Script of(Pod pod) {
        boolean ofJob = pod.metadata().ownerReferences().stream()
                .anyMatch(owner -> "Job".equals(owner.kind()) && Boolean.TRUE.equals(owner.controller()));
        Map<String, String> all = pod.metadata().annotations();
        boolean scripted = all.keySet().stream().anyMatch(key -> key.startsWith(PREFIX));
        return new Script(scripted ? all : Map.of(), ofJob);
    }

    /// How long the container runs by itself; empty for ever.
    Optional<Duration> life(PodContainer container) {
        Optional<Duration> asked = seconds(
                container.role() == PodContainer.Role.REGULAR
                        ? text(RUN_SECONDS, container.name())
                        : own(RUN_SECONDS, container.name()));
        if (asked.isPresent()) {
            return asked;
        }
        return switch (container.role()) {
            case INIT -> Optional.of(Duration.ZERO);
            case REGULAR -> ofJob ? Optional.of(Duration.ZERO) : Optional.empty();
            case SIDECAR, EPHEMERAL -> Optional.empty();
        };
    }

    /// @param attempt how often the container ran before
    int exitCode(PodContainer container, int attempt) {
        boolean well = text(FAILURES, container.name())
                        .filter(times -> attempt >= Integer.parseInt(times))
                        .isPresent()
                || Optional.ofNullable(annotations.get(FAILING_INDEXES))
                        .filter(indexes ->
                                !List.of(indexes.split(",")).contains(annotations.getOrDefault(JOB_INDEX, "")))
                        .isPresent();
        return well ? 0 : asked(container);
    }

    private int asked(PodContainer container) {
        return (container.role() == PodContainer.Role.REGULAR
                        ? text(EXIT_CODE, container.name())
                        : own(EXIT_CODE, container.name()))
                .map(Integer::parseInt)
                .orElse(0);
    }

    Duration startDelay() {
        return seconds(Optional.ofNullable(annotations.get(START_SECONDS))).orElse(Duration.ZERO);
    }

    Duration stopDelay() {
        return seconds(Optional.ofNullable(annotations.get(STOP_SECONDS))).orElse(Duration.ZERO);
    }

    /// How long after its start a container is ready; empty for never.
    Optional<Duration> readyDelay(PodContainer container) {
        Optional<String> text = text(READY_SECONDS, container.name());
        return text.isPresent() && text.get().equals("never")
                ? Optional.empty()
                : Optional.of(seconds(text).orElse(Duration.ZERO));
    }

    /// Why the container does not start; empty when it does.
    Optional<String> waiting(PodContainer container) {
        return container.role() == PodContainer.Role.REGULAR
                ? text(WAITING, container.name())
                : own(WAITING, container.name());
    }

    /// The pod with a readiness probe where its annotations script its readiness and it has none.
    static Pod probed(Pod pod) {
        boolean scripted =
                pod.metadata().annotations().keySet().stream().anyMatch(key -> key.startsWith(READY_SECONDS));
        if (!scripted) {
            return pod;
        }
        List<Container> containers = pod.spec().containers().stream()
                .map(c -> c.readinessProbe() != null
                        ? c
                        : ContainerBuilder.builder(c)
                                .readinessProbe(ProbeBuilder.builder().build())
                                .build())
                .toList();
        return PodBuilder.builder(pod)
                .spec(PodSpecBuilder.builder(pod.spec()).containers(containers).build())
                .build();
    }

    private Optional<String> text(String annotation, String container) {
        Optional<String> own = own(annotation, container);
        return own.isPresent() ? own : Optional.ofNullable(annotations.get(annotation));
    }

    private Optional<String> own(String annotation, String container) {
        return Optional.ofNullable(annotations.get(annotation + "." + container));
    }

    private static Optional<Duration> seconds(Optional<String> text) {
        return text.map(seconds -> Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
    }
}
