package io.gantry.kubeproxy.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.node.Node;
import io.gantry.kubeproxy.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoutePlanTest {
    private final List<Node> nodes = List.of(
            Fixtures.node("n1", "10.244.0.0/24", "192.168.0.1"),
            Fixtures.node("n2", "10.244.1.0/24", "192.168.0.2"),
            Fixtures.node("n3", "", "192.168.0.3"));

    @Test
    void othersByTheirInternalAddress() {
        assertEquals(Map.of("10.244.1.0/24", "192.168.0.2"), RoutePlan.of(nodes, "n1"));
    }

    /// The address of a simulated node is of this machine's loopback: its pods are nowhere.
    @Test
    void loopbackIsNoGateway() {
        assertEquals(Map.of(), RoutePlan.of(List.of(Fixtures.node("s1", "10.128.0.0/22", "127.16.0.1")), "n1"));
    }

    @Test
    void ownPodCidr() {
        assertEquals("10.244.0.0/24", RoutePlan.podCidr(nodes, "n1"));
        assertEquals("", RoutePlan.podCidr(nodes, "n3"));
    }
}
