package io.gantry.controllermanager.replicaset;

import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.kind.Kind;
import java.util.List;
import java.util.Optional;

/// Where replica sets come from: ReplicaSets themselves, or ReplicationControllers seen as such.
interface ReplicaSets {
    /// The kind that pods name as their owner.
    Kind<?> kind();

    /// From the cache.
    Optional<ReplicaSet> get(String namespace, String name);

    /// All of a namespace, from the cache.
    List<ReplicaSet> inNamespace(String namespace);

    /// Adopts and releases; the pods that the set owns then.
    List<Pod> claim(ReplicaSet set, List<Pod> candidates);

    /// Writes the status.
    ReplicaSet updateStatus(ReplicaSet set, ReplicaSetStatus status);
}
