package io.gantry.controllermanager.nodelifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.Toleration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodePlansTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Taint UNREACHABLE = new Taint(NodeHealthPlan.UNREACHABLE, null, "NoExecute", NOW);

    record Health(String name, String ready, boolean silent, boolean mayEvict, boolean cordoned, Set<String> taints) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Health> health() {
        return Stream.of(
                new Health("good", "True", false, true, false, Set.of()),
                new Health(
                        "not ready",
                        "False",
                        false,
                        true,
                        false,
                        Set.of("node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/not-ready:NoExecute")),
                new Health(
                        "silent",
                        "True",
                        true,
                        true,
                        false,
                        Set.of(
                                "node.kubernetes.io/unreachable:NoSchedule",
                                "node.kubernetes.io/unreachable:NoExecute")),
                new Health(
                        "every node is silent",
                        "True",
                        true,
                        false,
                        false,
                        Set.of("node.kubernetes.io/unreachable:NoSchedule")),
                new Health(
                        "cordoned", "True", false, true, true, Set.of("node.kubernetes.io/unschedulable:NoSchedule")));
    }

    @ParameterizedTest
    @MethodSource
    void health(Health c) {
        Node node = Json.MAPPER.readValue("""
                {"metadata":{"name":"n"},"spec":{"unschedulable":%s},
                 "status":{"conditions":[{"type":"Ready","status":"%s"},{"type":"DiskPressure","status":"False"}]}}""".formatted(c.cordoned(), c.ready()), Node.class);
        NodeHealthPlan plan = NodeHealthPlan.of(node, c.silent(), c.mayEvict(), NOW);
        assertEquals(
                c.taints(),
                plan.taints().stream().map(t -> t.key() + ":" + t.effect()).collect(Collectors.toSet()));
        assertEquals(c.silent() ? "Unknown" : c.ready(), NodeHealthPlan.readiness(plan.conditions()));
        assertEquals(c.silent() ? 4 : 2, plan.conditions().size());
    }

    @ParameterizedTest
    @CsvSource({
        "linux, '', {beta.kubernetes.io/os=linux}",
        "linux, linux, {}",
        "linux, windows, {beta.kubernetes.io/os=linux}"
    })
    void labelsByOlderNamesFollow(String now, String older, String missing) {
        Node node = Json.MAPPER.readValue(
                "{\"metadata\":{\"labels\":{\"kubernetes.io/os\":\"" + now + "\""
                        + (older.isEmpty() ? "" : ",\"beta.kubernetes.io/os\":\"" + older + "\"") + "}}}",
                Node.class);
        assertEquals(missing, NodeHealthPlan.olderLabels(node).toString());
    }

    @Test
    void aNodeThatNeverSaidAnythingIsUnknownSinceItWasMade() {
        Node node = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"n\",\"creationTimestamp\":\"2025-12-31T23:58:00Z\"}}", Node.class);
        var ready = NodeHealthPlan.of(node, true, true, NOW).conditions().getFirst();
        assertEquals("NodeStatusNeverUpdated", ready.reason());
        assertEquals(NOW.minusSeconds(120), ready.lastHeartbeatTime());
        assertEquals(NOW, ready.lastTransitionTime());
    }

    @Test
    void podsLeaveWhenTheirTolerationEnds() {
        Toleration fiveMinutes = new Toleration(NodeHealthPlan.UNREACHABLE, "Exists", null, "NoExecute", 300L);
        Toleration always = new Toleration(null, "Exists", null, null, null);
        assertEquals(
                Optional.of(NOW.plusSeconds(300)),
                EvictionPlan.deadline(List.of(UNREACHABLE), List.of(fiveMinutes), NOW.plusSeconds(7)));
        assertEquals(Optional.of(Instant.EPOCH), EvictionPlan.deadline(List.of(UNREACHABLE), List.of(), NOW));
        assertTrue(EvictionPlan.deadline(List.of(UNREACHABLE), List.of(always), NOW)
                .isEmpty());
        assertTrue(EvictionPlan.deadline(List.of(), List.of(), NOW).isEmpty());
    }
}
