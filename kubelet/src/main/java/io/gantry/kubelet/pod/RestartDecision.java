package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerRestartRule;
import io.gantry.api.core.v1.pod.ContainerRestartRuleOnExitCodes;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.util.Objects;
import java.util.Optional;

/// Whether a container that does not run is to be started (upstream `kubecontainer.ShouldContainerBeRestarted` and the
/// container-level restart rules).
public final class RestartDecision {
    private RestartDecision() {}

    public static String policy(Pod pod) {
        return Objects.requireNonNullElse(pod.spec().restartPolicy(), "Always");
    }

    /// The policy of one container: its own, else the pod's.
    public static String policy(Pod pod, Container container) {
        return Objects.requireNonNullElse(container.restartPolicy(), policy(pod));
    }

    /// Whether the regular container's latest incarnation asks for another one.
    public static boolean shouldStart(Pod pod, PodContainer container, Optional<RuntimeContainer> latest) {
        if (latest.isEmpty()) {
            return true;
        }
        RunState state = latest.get().state();
        if (state == RunState.RUNNING) {
            return false;
        }
        if (state != RunState.EXITED) {
            return true;
        }
        return afterExit(pod, container, latest.get().exitCode());
    }

    /// Whether an exit with this code is followed by a restart.
    public static boolean afterExit(Pod pod, PodContainer container, int exitCode) {
        return switch (container.role()) {
            case EPHEMERAL -> false;
            case SIDECAR -> true;
            case INIT -> exitCode != 0 && asked(pod, container.spec(), exitCode);
            case REGULAR -> asked(pod, container.spec(), exitCode);
        };
    }

    private static boolean byPolicy(String policy, int exitCode) {
        return switch (policy) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> true;
        };
    }

    private static boolean asked(Pod pod, Container container, int exitCode) {
        return action(container, exitCode).isPresent() || byPolicy(policy(pod, container), exitCode);
    }

    /// Whether an exit with this code asks for all containers to be restarted.
    static boolean restartsAll(Container container, int exitCode) {
        return action(container, exitCode).filter(AllRestart.ACTION::equals).isPresent();
    }

    /// What the first rule that names the exit code asks for.
    private static Optional<String> action(Container container, int exitCode) {
        for (ContainerRestartRule rule : container.restartPolicyRules()) {
            ContainerRestartRuleOnExitCodes codes = rule.exitCodes();
            if (codes != null && codes.values().contains(exitCode) == "In".equals(codes.operator())) {
                return Optional.of(rule.action());
            }
        }
        return Optional.empty();
    }
}
