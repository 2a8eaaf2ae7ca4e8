package io.gantry.api.core.v1.pod;

import java.util.List;
import java.util.Optional;

/// Looks up conditions of pods.
public final class PodConditions {
    public static final String READY = "Ready";
    public static final String CONTAINERS_READY = "ContainersReady";
    public static final String INITIALIZED = "Initialized";
    public static final String POD_SCHEDULED = "PodScheduled";
    public static final String DISRUPTION_TARGET = "DisruptionTarget";
    public static final String POD_READY_TO_START_CONTAINERS = "PodReadyToStartContainers";

    private PodConditions() {}

    /// The condition of a type.
    public static Optional<PodCondition> find(PodStatus status, String type) {
        return status.conditions().stream().filter(c -> type.equals(c.type())).findFirst();
    }

    /// Whether a condition is there with status `True`.
    public static boolean isTrue(PodStatus status, String type) {
        return find(status, type).filter(c -> "True".equals(c.status())).isPresent();
    }

    /// Whether a pod is ready to serve.
    public static boolean isReady(Pod pod) {
        return isTrue(pod.status(), READY);
    }

    /// Whether a pod has ended for good: phase Succeeded or Failed.
    public static boolean isTerminal(Pod pod) {
        return List.of("Succeeded", "Failed")
                .contains(pod.status().phase() == null ? "" : pod.status().phase());
    }
}
