package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Computes a [PodPlan] (upstream `kuberuntime_manager.go`, computePodActions). Pure; one use.
public final class PodPlanner {
    private final Pod pod;
    private final ObservedPod observed;
    private final ProbeResults probes;
    private final List<PodPlan.Kill> kills = new ArrayList<>();
    private final List<PodContainer> starts = new ArrayList<>();
    private final List<PodPlan.Resize> resizes = new ArrayList<>();
    private final Map<String, ResourceRequirements> actual;

    private PodPlanner(Pod pod, ObservedPod observed, ProbeResults probes, Map<String, ResourceRequirements> actual) {
        this.pod = pod;
        this.observed = observed;
        this.probes = probes;
        this.actual = actual;
    }

    /// The plan of a pod whose running containers have what they should have.
    public static PodPlan plan(Pod pod, ObservedPod observed, ProbeResults probes) {
        return plan(pod, observed, probes, Map.of());
    }

    /// @param pod with the amounts of CPU and memory that it was given
    /// @param actual what running containers have of them, by name; limits that they lack are the pod's
    public static PodPlan plan(
            Pod pod, ObservedPod observed, ProbeResults probes, Map<String, ResourceRequirements> actual) {
        return new PodPlanner(pod, observed, probes, actual).plan();
    }

    private PodPlan plan() {
        if (AllRestart.underWay(pod)) {
            return PodPlan.reset(AllRestart.removals(pod, observed));
        }
        Optional<Integer> attempt = neededSandbox(pod, observed);
        return attempt.isPresent() ? newSandbox(attempt.get()) : inSandbox();
    }

    /// The attempt number of the sandbox that is needed, if one is.
    static Optional<Integer> neededSandbox(Pod pod, ObservedPod observed) {
        if (observed.sandboxes().isEmpty()) {
            return Optional.of(0);
        }
        Sandbox newest = observed.sandboxes().getFirst();
        long ready = observed.sandboxes().stream().filter(Sandbox::ready).count();
        boolean hostNetwork = Boolean.TRUE.equals(pod.spec().hostNetwork());
        boolean usable = newest.ready()
                && ready == 1
                && newest.hostNetwork() == hostNetwork
                && (hostNetwork || !newest.ips().isEmpty());
        return usable ? Optional.empty() : Optional.of(newest.attempt() + 1);
    }

    private PodPlan newSandbox(int attempt) {
        boolean ranBefore = attempt != 0 && !observed.containers().isEmpty();
        if (RestartDecision.policy(pod).equals("Never") && ranBefore) {
            return PodPlan.stop();
        }
        List<PodContainer> wanted = PodContainer.regular(pod).stream()
                .filter(c -> RestartDecision.shouldStart(pod, c, stopped(observed.latest(c.name()))))
                .toList();
        if (wanted.isEmpty()) {
            return PodPlan.stop();
        }
        List<PodContainer> initial = PodContainer.initial(pod);
        List<PodContainer> first = initial.isEmpty() ? wanted : List.of(initial.getFirst());
        return new PodPlan(attempt != 0, Optional.of(attempt), List.of(), first, List.of(), List.of());
    }

    /// A container that seems to run in a dead sandbox does not.
    private static Optional<RuntimeContainer> stopped(Optional<RuntimeContainer> latest) {
        return latest.filter(c -> !c.running());
    }

    private PodPlan inSandbox() {
        for (PodContainer ephemeral : PodContainer.ephemeral(pod)) {
            if (observed.latest(ephemeral.name()).isEmpty()) {
                starts.add(ephemeral);
            }
        }
        int beforeInit = starts.size();
        Initialization initialization = initialize();
        if (initialization == Initialization.FAILED) {
            return PodPlan.stop();
        }
        if (initialization == Initialization.IN_PROGRESS) {
            return done(false);
        }
        int kept = 0;
        int beforeRegular = starts.size();
        for (PodContainer container : PodContainer.regular(pod)) {
            kept += regular(container) ? 1 : 0;
        }
        if (kept == 0 && starts.size() == beforeRegular) {
            starts.subList(beforeInit, starts.size()).clear();
            return PodPlan.stop();
        }
        return done(false);
    }

    private PodPlan done(boolean stopPod) {
        return new PodPlan(stopPod, Optional.empty(), kills, starts, resizes, List.of());
    }

    private enum Initialization {
        DONE,
        IN_PROGRESS,
        FAILED
    }

    private Initialization initialize() {
        List<PodContainer> initial = PodContainer.initial(pod);
        boolean regularExists = PodContainer.regular(pod).stream()
                .anyMatch(c -> observed.current(c.name())
                        .filter(r -> r.state() != RunState.UNKNOWN)
                        .isPresent());
        for (int i = 0; i < initial.size(); i++) {
            PodContainer container = initial.get(i);
            Initialization step = container.role() == PodContainer.Role.SIDECAR
                    ? sidecar(container)
                    : initContainer(container, regularExists);
            boolean laterExists = regularExists
                    || initial.subList(i + 1, initial.size()).stream()
                            .anyMatch(c -> observed.current(c.name()).isPresent());
            if (step == Initialization.FAILED || (step == Initialization.IN_PROGRESS && !laterExists)) {
                return step;
            }
        }
        return Initialization.DONE;
    }

    private Initialization sidecar(PodContainer container) {
        Optional<RuntimeContainer> current = observed.current(container.name());
        if (current.isEmpty() || !current.get().running()) {
            starts.add(container);
            return Initialization.IN_PROGRESS;
        }
        RuntimeContainer runtime = current.get();
        boolean started = probes.started(container.spec(), runtime.id());
        if (started && killChanged(container, runtime)
                || killUnhealthy(container, runtime, true)
                || restartsToResize(container, runtime)) {
            return Initialization.IN_PROGRESS;
        }
        return started ? Initialization.DONE : Initialization.IN_PROGRESS;
    }

    private Initialization initContainer(PodContainer container, boolean regularExists) {
        Optional<RuntimeContainer> current = observed.current(container.name());
        if (regularExists) {
            return Initialization.DONE;
        }
        if (current.isEmpty() || current.get().state() == RunState.CREATED) {
            starts.add(container);
            return Initialization.IN_PROGRESS;
        }
        RuntimeContainer runtime = current.get();
        if (runtime.running()) {
            restartsToResize(container, runtime);
            return Initialization.IN_PROGRESS;
        }
        if (runtime.state() == RunState.UNKNOWN) {
            kills.add(new PodPlan.Kill(
                    runtime,
                    "Init container is in \"unknown\" state, try killing it before restart",
                    PodPlan.Reason.OTHER));
            starts.add(container);
            return Initialization.IN_PROGRESS;
        }
        if (runtime.exitCode() == 0) {
            return Initialization.DONE;
        }
        if (!RestartDecision.afterExit(pod, container, runtime.exitCode())) {
            return Initialization.FAILED;
        }
        starts.add(container);
        return Initialization.IN_PROGRESS;
    }

    /// Whether the container is kept as it is.
    private boolean regular(PodContainer container) {
        Optional<RuntimeContainer> latest = observed.latest(container.name());
        if (latest.isEmpty() || !latest.get().running()) {
            if (RestartDecision.shouldStart(pod, container, latest)) {
                latest.filter(c -> c.state() == RunState.UNKNOWN)
                        .ifPresent(c -> kills.add(new PodPlan.Kill(
                                c,
                                "Container is in \"unknown\" state, try killing it before restart",
                                PodPlan.Reason.OTHER)));
                starts.add(container);
            }
            return false;
        }
        boolean restart = !RestartDecision.policy(pod, container.spec()).equals("Never");
        return !killChanged(container, latest.get())
                && !killUnhealthy(container, latest.get(), restart)
                && !restartsToResize(container, latest.get());
    }

    /// Whether another image is to run; also where nothing else restarts the container.
    private boolean killChanged(PodContainer container, RuntimeContainer runtime) {
        String hash = runtime.annotations().get(RuntimeLabels.HASH);
        if (hash == null || hash.equals(container.hash())) {
            return false;
        }
        kill(container, runtime, " definition changed", PodPlan.Reason.OTHER, true);
        return true;
    }

    /// Whether other amounts need a restart; where they do not, the container is to be changed as it runs.
    private boolean restartsToResize(PodContainer container, RuntimeContainer runtime) {
        ResourceRequirements before = actual.get(container.name());
        if (before == null) {
            return false;
        }
        ResourceRequirements wanted = Allocation.effective(
                Optional.ofNullable(pod.spec().resources()), container.spec().resources());
        ResourceChange change = ResourceChange.between(before, wanted);
        if (change.isEmpty()) {
            return false;
        }
        if (change.restarts(container.spec())) {
            String message = "Container " + container.name() + " resize requires restart";
            kills.add(new PodPlan.Kill(runtime, message, PodPlan.Reason.OTHER));
            starts.add(container);
            return true;
        }
        resizes.add(new PodPlan.Resize(runtime, container, before));
        return false;
    }

    private boolean killUnhealthy(PodContainer container, RuntimeContainer runtime, boolean restart) {
        if (probes.livenessFailed(container.spec(), runtime.id())) {
            kill(container, runtime, " failed liveness probe", PodPlan.Reason.LIVENESS, restart);
            return true;
        }
        if (probes.startupFailed(container.spec(), runtime.id())) {
            kill(container, runtime, " failed startup probe", PodPlan.Reason.STARTUP, restart);
            return true;
        }
        return false;
    }

    private void kill(
            PodContainer container, RuntimeContainer runtime, String why, PodPlan.Reason reason, boolean restart) {
        boolean regular = container.role() == PodContainer.Role.REGULAR;
        String message = (regular ? "Container " : "Init container ")
                + container.name()
                + why
                + (regular && restart ? ", will be restarted" : "");
        kills.add(new PodPlan.Kill(runtime, message, reason));
        if (restart) {
            starts.add(container);
        }
    }
}
