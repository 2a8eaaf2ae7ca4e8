package io.gantry.controllermanager.replicaset;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.List;

/// What a ReplicaSet needs now: pods to create, or pods to delete, never both.
///
/// @param creations how many pods to create, at most [#BURST]
/// @param deletions the pods to delete, the least valuable first, at most [#BURST]
public record ReplicaSetPlan(int creations, List<Pod> deletions) {
    /// How much one reconcile creates or deletes at most (upstream `BurstReplicas`).
    static final int BURST = 500;

    /// @param active the set's pods that are neither finished nor being deleted
    /// @param related pods of the whole family (all sets of the owner), to spread what remains over nodes
    static ReplicaSetPlan of(ReplicaSet set, List<Pod> active, List<Pod> related, Instant now) {
        int wanted = number(set.spec().replicas(), 1);
        int missing = wanted - active.size();
        if (missing > 0) {
            return new ReplicaSetPlan(Math.min(missing, BURST), List.of());
        }
        if (missing == 0) {
            return new ReplicaSetPlan(0, List.of());
        }
        int surplus = Math.min(-missing, BURST);
        List<Pod> sorted = active.stream()
                .sorted(DeletionOrder.over(related, now))
                .limit(surplus)
                .toList();
        return new ReplicaSetPlan(0, sorted);
    }

    /// When a pod that is ready becomes available next; the epoch when none is waiting.
    static Instant nextAvailable(List<Pod> active, int minReadySeconds, Instant now) {
        return active.stream()
                .filter(pod -> Pods.isReady(pod) && !Pods.isAvailable(pod, minReadySeconds, now))
                .map(pod -> Pods.readySince(pod).plusSeconds(minReadySeconds))
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
