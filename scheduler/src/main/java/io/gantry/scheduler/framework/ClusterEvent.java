package io.gantry.scheduler.framework;

import io.gantry.api.core.v1.node.Node;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.Optional;

/// Something changed that may let waiting pods be scheduled.
public sealed interface ClusterEvent {
    record NodeAdded(Node node) implements ClusterEvent {}

    record NodeChanged(Node before, Node after) implements ClusterEvent {}

    /// A pod was bound, or one that was on a node changed.
    record PodPlaced(PodInfo pod, Optional<PodInfo> before) implements ClusterEvent {}

    /// A pod left its node.
    record PodGone(PodInfo pod) implements ClusterEvent {}

    /// The waiting pod itself was changed by a user.
    record PodItself(PodInfo before, PodInfo after) implements ClusterEvent {}

    /// A claim, volume or storage class came or changed.
    record VolumesChanged() implements ClusterEvent {}

    /// Labels of a namespace changed, which affinity may select by.
    record NamespaceChanged() implements ClusterEvent {}
}
