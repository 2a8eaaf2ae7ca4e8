package io.gantry.kubeproxy.route;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which nodes have the pods of which addresses: each node's pod CIDR by its internal address. A node whose address is
/// of this machine's loopback (a simulated one) leads nowhere. Pure.
public final class RoutePlan {
    private static final String LOOPBACK = "127.";

    private RoutePlan() {}

    /// Pod CIDR to the node's address, for every node but this one.
    public static SortedMap<String, String> of(List<Node> nodes, String self) {
        SortedMap<String, String> routes = new TreeMap<>();
        for (Node node : nodes) {
            String cidr = node.spec().podCIDR();
            Optional<String> gateway = internalIp(node);
            if (!self.equals(node.metadata().name())
                    && cidr != null
                    && !cidr.isEmpty()
                    && !cidr.contains(":")
                    && gateway.isPresent()) {
                routes.put(cidr, gateway.get());
            }
        }
        return routes;
    }

    /// The pod CIDR of this node, empty while it has none.
    public static String podCidr(List<Node> nodes, String self) {
        return named(nodes, self)
                .map(node -> Objects.requireNonNullElse(node.spec().podCIDR(), ""))
                .orElse("");
    }

    /// The address of this node, empty while it has none that others reach.
    public static Optional<String> address(List<Node> nodes, String self) {
        return named(nodes, self).flatMap(RoutePlan::internalIp);
    }

    private static Optional<Node> named(List<Node> nodes, String name) {
        return nodes.stream()
                .filter(node -> name.equals(node.metadata().name()))
                .findFirst();
    }

    private static Optional<String> internalIp(Node node) {
        return node.status().addresses().stream()
                .filter(address -> address.type().equals("InternalIP")
                        && !address.address().contains(":"))
                .map(NodeAddress::address)
                .findFirst()
                .filter(address -> !address.startsWith(LOOPBACK));
    }
}
