package io.gantry.kubeproxy.service;

import io.gantry.api.core.v1.node.Node;
import java.util.List;
import java.util.Objects;

/// Where this kube-proxy is.
///
/// @param node the node's name
/// @param zone empty where the node does not say
public record Place(String node, String zone) {
    private static final String ZONE = "topology.kubernetes.io/zone";

    /// The place of a node, as its labels tell.
    public static Place of(List<Node> nodes, String self) {
        return nodes.stream()
                .filter(node -> self.equals(node.metadata().name()))
                .findFirst()
                .map(node -> new Place(self, zone(node)))
                .orElseGet(() -> new Place(self, ""));
    }

    /// The zone of a node, empty where it does not say.
    public static String zone(Node node) {
        return Objects.requireNonNullElse(node.metadata().labels().get(ZONE), "");
    }
}
