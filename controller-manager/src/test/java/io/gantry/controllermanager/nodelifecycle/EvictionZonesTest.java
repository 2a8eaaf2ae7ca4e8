package io.gantry.controllermanager.nodelifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionZonesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final EvictionZones zones = new EvictionZones();

    private static List<Node> nodes(String zone, int ready, int ill) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < ready + ill; i++) {
            nodes.add(Json.MAPPER.readValue("""
                    {"metadata":{"name":"%s-%d","labels":{"topology.kubernetes.io/zone":"%s"}},
                     "status":{"conditions":[{"type":"Ready","status":"%s"}]}}""".formatted(zone, i, zone, i < ready ? "True" : "Unknown"), Node.class));
        }
        return nodes;
    }

    @Test
    void oneNodeInTenSecondsInEachZone() {
        List<Node> all = new ArrayList<>(nodes("a", 5, 2));
        all.addAll(nodes("b", 5, 1));
        assertTrue(zones.ask(all.get(5), false, all, NOW).allowed());
        EvictionZones.Answer second = zones.ask(all.get(6), false, all, NOW.plusSeconds(3));
        assertFalse(second.allowed());
        assertEquals(7, second.patience().toSeconds());
        assertTrue(zones.ask(all.getLast(), false, all, NOW).allowed());
        assertTrue(zones.ask(all.get(6), false, all, NOW.plusSeconds(10)).allowed());
        assertTrue(zones.metrics().contains("node_collector_evictions_total{zone=\":\0:a\"} 2"), zones.metrics());
    }

    @Test
    void aSmallZoneThatIsMostlyIllIsLeftAlone() {
        List<Node> all = nodes("a", 2, 3);
        assertEquals(EvictionZones.State.PARTIAL, EvictionZones.state(all));
        assertFalse(zones.ask(all.getLast(), false, all, NOW).allowed());
    }

    @Test
    void aLargeOneGoesOnSlowly() {
        List<Node> all = nodes("a", 20, 40);
        assertTrue(zones.ask(all.getLast(), false, all, NOW).allowed());
        assertFalse(zones.ask(all.get(30), false, all, NOW.plusSeconds(99)).allowed());
        assertTrue(zones.ask(all.get(30), false, all, NOW.plusSeconds(100)).allowed());
    }

    @Test
    void whenEverythingIsIllNothingIsEmptied() {
        List<Node> all = nodes("a", 0, 3);
        assertFalse(zones.ask(all.getFirst(), true, all, NOW).allowed());
    }

    @Test
    void aWhollyIllZoneAmongOthersIsEmptied() {
        List<Node> all = new ArrayList<>(nodes("a", 0, 1));
        all.addAll(nodes("b", 1, 0));
        assertTrue(zones.ask(all.getFirst(), false, all, NOW).allowed());
    }

    @Test
    void whatWasAllowedStays() {
        List<Node> all = nodes("a", 2, 3);
        assertTrue(zones.ask(all.getLast(), true, all, NOW).allowed());
    }
}
