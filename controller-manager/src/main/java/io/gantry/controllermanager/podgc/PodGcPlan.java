package io.gantry.controllermanager.podgc;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Which pods nobody will ever remove.
sealed interface PodGcPlan {
    /// It may stay.
    record Keep() implements PodGcPlan {}

    /// Its node is gone: mark it failed, then remove it.
    record Orphaned() implements PodGcPlan {}

    /// It was deleted before it had a node: no kubelet will confirm.
    record NeverScheduled() implements PodGcPlan {}

    /// @param nodeGone whether the node is known to be gone, for long enough
    static PodGcPlan of(Pod pod, boolean nodeGone) {
        if (Pods.isAssigned(pod)) {
            return nodeGone ? new Orphaned() : new Keep();
        }
        return Pods.isTerminating(pod) ? new NeverScheduled() : new Keep();
    }

    /// The oldest finished pods above the threshold.
    ///
    /// @param threshold how many may stay; 0 or less for all
    static List<Pod> surplus(List<Pod> pods, int threshold) {
        List<Pod> finished = pods.stream().filter(Pods::isFinished).toList();
        int surplus = threshold <= 0 ? 0 : finished.size() - threshold;
        if (surplus <= 0) {
            return List.of();
        }
        return finished.stream()
                .sorted(Comparator.comparing(PodGcPlan::created))
                .limit(surplus)
                .toList();
    }

    private static Instant created(Pod pod) {
        Instant created = pod.metadata().creationTimestamp();
        return created == null ? Instant.EPOCH : created;
    }
}
