package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.ContainerState;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pod's phase from its container statuses (upstream `kubelet_pods.go`, getPhase). Pure.
final class PodPhase {
    private int waiting;
    private int running;
    private int stopped;
    private int succeeded;
    private boolean initializing;
    private boolean initFailed;
    private boolean mayRestart;

    private PodPhase() {}

    /// @param terminal nothing of the pod will run any more
    static String of(Pod pod, List<ContainerStatus> initial, List<ContainerStatus> regular, boolean terminal) {
        PodPhase counts = new PodPhase();
        counts.countInitial(pod, initial);
        regular.forEach(status -> counts.count(pod, status));
        return counts.phase(!pod.spec().initContainers().isEmpty(), terminal);
    }

    private void countInitial(Pod pod, List<ContainerStatus> statuses) {
        List<PodContainer> initial = PodContainer.initial(pod);
        for (int i = 0; i < initial.size(); i++) {
            ContainerState state = statuses.get(i).state();
            if (initial.get(i).role() == PodContainer.Role.SIDECAR) {
                initializing |= !Boolean.TRUE.equals(statuses.get(i).started()) && !everTerminated(statuses.get(i));
                continue;
            }
            Optional<Integer> exit = exitCode(state);
            if (exit.isPresent()) {
                boolean failed = exit.get() != 0;
                initFailed |= failed && !RestartDecision.afterExit(pod, initial.get(i), exit.get());
                initializing |= failed;
            } else {
                initializing = true;
            }
        }
    }

    private static boolean everTerminated(ContainerStatus status) {
        return exitCode(status.state()).isPresent()
                || exitCode(status.lastState()).isPresent();
    }

    private void count(Pod pod, ContainerStatus status) {
        ContainerState state = status.state();
        mayRestart |= AllRestart.ended(status);
        mayRestart |= exitCode(state)
                .or(() -> exitCode(status.lastState()))
                .filter(code -> PodContainer.find(pod, status.name())
                        .filter(container -> RestartDecision.afterExit(pod, container, code))
                        .isPresent())
                .isPresent();
        if (state != null && state.running() != null) {
            running++;
        } else if (exitCode(state).isPresent()) {
            stopped++;
            succeeded += exitCode(state).get() == 0 ? 1 : 0;
        } else if (exitCode(status.lastState()).isPresent()) {
            stopped++;
        } else {
            waiting++;
        }
    }

    static Optional<Integer> exitCode(@Nullable ContainerState state) {
        return state == null || state.terminated() == null
                ? Optional.empty()
                : Optional.of(state.terminated().exitCode());
    }

    private String phase(boolean hasInit, boolean terminal) {
        if (initFailed) {
            return "Failed";
        }
        if (hasInit && initializing && running == 0 && stopped == 0) {
            return terminal ? "Failed" : "Pending";
        }
        if (waiting > 0) {
            return terminal ? "Failed" : "Pending";
        }
        if (running > 0) {
            return "Running";
        }
        boolean allSucceeded = stopped == succeeded;
        if (terminal || !mayRestart) {
            return allSucceeded ? "Succeeded" : "Failed";
        }
        return "Running";
    }
}
