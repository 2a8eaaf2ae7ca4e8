package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.ContainerState;
import io.gantry.api.core.v1.pod.ContainerStateBuilder;
import io.gantry.api.core.v1.pod.ContainerStateRunning;
import io.gantry.api.core.v1.pod.ContainerStateTerminated;
import io.gantry.api.core.v1.pod.ContainerStateTerminatedBuilder;
import io.gantry.api.core.v1.pod.ContainerStateWaiting;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.ContainerStatusBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.core.v1.pod.VolumeMount;
import io.gantry.api.core.v1.pod.VolumeMountStatus;
import io.gantry.api.core.v1.pod.VolumeMountStatusBuilder;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.spec.RecursiveReadOnly;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Container statuses from what was observed (upstream `kubelet_pods.go`, convertToAPIContainerStatuses). Pure.
final class ContainerStatuses {
    private static final int KILLED = 137;

    private final Pod pod;
    private final ObservedPod observed;
    private final ProbeResults probes;
    private final Map<String, StartFailure> failures;
    private final Map<String, ResourceRequirements> actual;
    private final String runtimeName;
    private final boolean terminal;

    ContainerStatuses(PodStatusPlan.Inputs inputs) {
        this.pod = inputs.pod();
        this.observed = inputs.observed();
        this.probes = inputs.probes();
        this.failures = inputs.failures();
        this.actual = inputs.actual();
        this.runtimeName = inputs.runtimeName();
        this.terminal = inputs.terminal();
    }

    List<ContainerStatus> initial() {
        return PodContainer.initial(pod).stream()
                .map(c -> status(c, pod.status().initContainerStatuses()))
                .toList();
    }

    List<ContainerStatus> regular() {
        return PodContainer.regular(pod).stream()
                .map(c -> status(c, pod.status().containerStatuses()))
                .sorted(Comparator.comparing(ContainerStatus::name))
                .toList();
    }

    List<ContainerStatus> ephemeral() {
        return PodContainer.ephemeral(pod).stream()
                .map(c -> status(c, pod.status().ephemeralContainerStatuses()))
                .toList();
    }

    private ContainerStatus status(PodContainer container, List<ContainerStatus> old) {
        @Nullable
        ContainerStatus before = old.stream()
                .filter(s -> s.name().equals(container.name()))
                .findFirst()
                .orElse(null);
        Optional<RuntimeContainer> latest = observed.latest(container.name());
        ContainerStatus raw = latest.isPresent() ? known(container, latest.get(), before) : unknown(container, before);
        return judge(container, waitingIfFailed(container, raw));
    }

    private ContainerStatus known(PodContainer container, RuntimeContainer latest, @Nullable ContainerStatus before) {
        Optional<RuntimeContainer> previous = observed.previous(container.name());
        ContainerState last = previous.filter(p -> p.state() == RunState.EXITED)
                .map(p -> exited(p))
                .orElse(before == null ? null : keptLast(latest, before));
        ContainerStatusBuilder status = ContainerStatusBuilder.builder()
                .name(container.name())
                .state(state(latest, before))
                .lastState(last == null ? empty() : last)
                .ready(false)
                .restartCount(latest.attempt())
                .image(latest.image().isEmpty() ? container.spec().image() : latest.image())
                .imageID(latest.imageRef())
                .containerID(runtimeName + "://" + latest.id());
        ResourceRequirements given = container.spec().resources();
        if (given != null) {
            status.resources(latest.running() ? actual.getOrDefault(container.name(), given) : given)
                    .allocatedResources(given.requests());
        }
        return status.build();
    }

    /// Where the runtime has dropped the previous incarnation, what the API was told of it stays.
    private @Nullable ContainerState keptLast(RuntimeContainer latest, ContainerStatus before) {
        String id = runtimeName + "://" + latest.id();
        if (id.equals(before.containerID())) {
            return before.lastState();
        }
        ContainerState state = before.state();
        return state != null && state.terminated() != null ? state : before.lastState();
    }

    private ContainerState state(RuntimeContainer latest, @Nullable ContainerStatus before) {
        return switch (latest.state()) {
            case RUNNING ->
                ContainerStateBuilder.builder()
                        .running(new ContainerStateRunning(seconds(latest.startedAt())))
                        .build();
            case EXITED -> exited(latest);
            case CREATED -> waiting(defaultReason(), null);
            case UNKNOWN ->
                before != null && before.state() != null && before.state().running() != null
                        ? lost("The container could not be located when the pod was terminated", latest.id())
                        : waiting(defaultReason(), null);
        };
    }

    private ContainerState exited(RuntimeContainer container) {
        int code = container.exitCode();
        ContainerStateTerminated terminated = ContainerStateTerminatedBuilder.builder()
                .exitCode(code)
                .reason(reason(container))
                .message(container.message().isEmpty() ? null : container.message())
                .startedAt(seconds(container.startedAt()))
                .finishedAt(seconds(container.finishedAt()))
                .containerID(runtimeName + "://" + container.id())
                .build();
        return ContainerStateBuilder.builder().terminated(terminated).build();
    }

    private static String reason(RuntimeContainer container) {
        if (!container.reason().isEmpty()) {
            return container.reason();
        }
        return container.exitCode() == 0 ? "Completed" : "Error";
    }

    /// The runtime holds nothing of the container.
    private ContainerStatus unknown(PodContainer container, @Nullable ContainerStatus before) {
        ContainerStatusBuilder status = ContainerStatusBuilder.builder()
                .name(container.name())
                .state(waiting(defaultReason(), null))
                .lastState(empty())
                .ready(false)
                .restartCount(0)
                .image(Objects.requireNonNullElse(container.spec().image(), ""))
                .imageID("");
        if (before == null) {
            return status.build();
        }
        boolean waits = before.state() != null && before.state().waiting() != null;
        if (!terminal && !waits && AllRestart.wanted(pod, observed)) {
            return removed(before, status);
        }
        if (before.state() != null && before.state().terminated() != null) {
            return before;
        }
        status.restartCount(before.restartCount()).lastState(before.lastState() == null ? empty() : before.lastState());
        if (before.state() != null && before.state().running() != null) {
            ContainerState lost = lost(
                    "The container could not be located when the pod was deleted.  The container used to be Running",
                    "");
            return terminal
                    ? status.state(lost).build()
                    : status.lastState(lost)
                            .restartCount(before.restartCount() + 1)
                            .build();
        }
        return status.build();
    }

    /// The container makes room for a new beginning of its pod.
    private static ContainerStatus removed(ContainerStatus before, ContainerStatusBuilder status) {
        String message = "The container is removed because RestartAllContainers in place";
        ContainerState last = ContainerStateBuilder.builder()
                .terminated(ContainerStateTerminatedBuilder.builder()
                        .exitCode(KILLED)
                        .reason(AllRestart.REASON)
                        .message(message)
                        .build())
                .build();
        return status.state(waiting(AllRestart.REASON, message))
                .lastState(last)
                .restartCount(before.restartCount() + 1)
                .build();
    }

    /// A container that failed to start, or waits to be started again, shows why; how it ended becomes its last state.
    private ContainerStatus waitingIfFailed(PodContainer container, ContainerStatus status) {
        StartFailure failure = failures.get(container.name());
        if (failure == null
                || terminal
                || status.state() == null
                || status.state().running() != null) {
            return status;
        }
        ContainerStateTerminated ended = status.state().terminated();
        if (ended != null && !RestartDecision.afterExit(pod, container, ended.exitCode())) {
            return status;
        }
        return ContainerStatusBuilder.builder(status)
                .state(waiting(failure.reason(), failure.message()))
                .lastState(ended != null ? status.state() : status.lastState())
                .build();
    }

    private ContainerStatus judge(PodContainer container, ContainerStatus status) {
        ContainerState state = status.state();
        boolean running = state != null && state.running() != null;
        String id = observed.latest(container.name()).map(RuntimeContainer::id).orElse("");
        boolean started = running && probes.started(container.spec(), id);
        boolean ready = switch (container.role()) {
            case REGULAR, SIDECAR -> started && probes.ready(container.spec(), id);
            case INIT ->
                state != null
                        && state.terminated() != null
                        && state.terminated().exitCode() == 0;
            case EPHEMERAL -> false;
        };
        boolean shownStarted = container.role() != PodContainer.Role.INIT
                && container.role() != PodContainer.Role.EPHEMERAL
                && started;
        return ContainerStatusBuilder.builder(status)
                .ready(ready)
                .started(container.role() == PodContainer.Role.EPHEMERAL ? null : (Boolean) shownStarted)
                .volumeMounts(container.spec().volumeMounts().stream()
                        .map(ContainerStatuses::mount)
                        .toList())
                .build();
    }

    private static VolumeMountStatus mount(VolumeMount mount) {
        return VolumeMountStatusBuilder.builder()
                .name(mount.name())
                .mountPath(mount.mountPath())
                .readOnly(mount.readOnly())
                .recursiveReadOnly(RecursiveReadOnly.shown(mount).orElse(null))
                .build();
    }

    private String defaultReason() {
        return pod.spec().initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
    }

    private ContainerState lost(String message, String id) {
        return ContainerStateBuilder.builder()
                .terminated(ContainerStateTerminatedBuilder.builder()
                        .exitCode(KILLED)
                        .reason("ContainerStatusUnknown")
                        .message(message)
                        .containerID(id.isEmpty() ? null : runtimeName + "://" + id)
                        .build())
                .build();
    }

    private static ContainerState waiting(String reason, @Nullable String message) {
        return ContainerStateBuilder.builder()
                .waiting(new ContainerStateWaiting(reason, message == null || message.isEmpty() ? null : message))
                .build();
    }

    private static ContainerState empty() {
        return ContainerStateBuilder.builder().build();
    }

    /// The API's times are whole seconds.
    static Instant seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond());
    }
}
