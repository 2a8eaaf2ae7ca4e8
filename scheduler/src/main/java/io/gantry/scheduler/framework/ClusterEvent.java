package io.gantry.scheduler.framework;

import io.gantry.api.core.v1.node.Node;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.Optional;
import java.util.function.Function;

/// Something changed that may let waiting pods be scheduled.
public sealed interface ClusterEvent {
    record NodeAdded(Node node) implements ClusterEvent {}

    record NodeChanged(Node before, Node after) implements ClusterEvent {}

    /// A node went, and with it a domain that pods are spread over.
    record NodeGone(Node node) implements ClusterEvent {}

    /// A pod was bound, or one that was on a node changed.
    record PodPlaced(PodInfo pod, Optional<PodInfo> before) implements ClusterEvent {}

    /// A pod left its node.
    ///
    /// @param node where it was
    /// @param room the node without it as a waiting pod sees it: with the pods that it must give way to
    record PodGone(PodInfo pod, String node, Function<PodInfo, Optional<NodeInfo>> room) implements ClusterEvent {}

    /// The waiting pod itself was changed by a user.
    record PodItself(PodInfo before, PodInfo after) implements ClusterEvent {}

    /// A claim, volume or storage class came or changed.
    record VolumesChanged() implements ClusterEvent {}

    /// Labels of a namespace changed, which affinity may select by.
    record NamespaceChanged() implements ClusterEvent {}
}
