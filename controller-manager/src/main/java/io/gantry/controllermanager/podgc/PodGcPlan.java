package io.gantry.controllermanager.podgc;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
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

    /// It is going on a node that was said to be out of service: its kubelet will never confirm.
    record OutOfService() implements PodGcPlan {}

    /// It was deleted before it had a node: no kubelet will confirm.
    record NeverScheduled() implements PodGcPlan {}

    /// @param nodeGone whether the node is known to be gone, for long enough
    /// @param outOfService whether the node is not ready and has upstream's taint `out-of-service`
    static PodGcPlan of(Pod pod, boolean nodeGone, boolean outOfService) {
        if (Pods.isAssigned(pod)) {
            if (nodeGone) {
                return new Orphaned();
            }
            return outOfService && Pods.isTerminating(pod) ? new OutOfService() : new Keep();
        }
        return Pods.isTerminating(pod) ? new NeverScheduled() : new Keep();
    }

    /// Whether somebody said that the node is off and will not come back as it was.
    static boolean isOutOfService(Node node) {
        boolean ready = node.status().conditions().stream()
                .anyMatch(c -> c.type().equals("Ready") && c.status().equals("True"));
        return !ready
                && node.spec().taints().stream().anyMatch(t -> t.key().equals("node.kubernetes.io/out-of-service"));
    }

    /// The oldest finished pods, evicted ones first, above the threshold.
    ///
    /// @param threshold how many may stay; 0 or less for all
    static List<Pod> surplus(List<Pod> pods, int threshold) {
        List<Pod> finished = pods.stream().filter(Pods::isFinished).toList();
        int surplus = threshold <= 0 ? 0 : finished.size() - threshold;
        if (surplus <= 0) {
            return List.of();
        }
        return finished.stream()
                .sorted(Comparator.comparing((Pod pod) -> !isEvicted(pod))
                        .thenComparing(PodGcPlan::created)
                        .thenComparing(pod -> text(pod.metadata().name())))
                .limit(surplus)
                .toList();
    }

    /// Its kubelet ended it for want of room: no controller waits for what became of it.
    private static boolean isEvicted(Pod pod) {
        return "Failed".equals(pod.status().phase())
                && "Evicted".equals(pod.status().reason());
    }

    private static Instant created(Pod pod) {
        Instant created = pod.metadata().creationTimestamp();
        return created == null ? Instant.EPOCH : created;
    }
}
