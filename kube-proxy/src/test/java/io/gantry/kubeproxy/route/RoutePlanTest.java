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

    @Test
    void ownPodCidr() {
        assertEquals("10.244.0.0/24", RoutePlan.podCidr(nodes, "n1"));
        assertEquals("", RoutePlan.podCidr(nodes, "n3"));
    }
}
