package io.gantry.kubelet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.node.AttachedVolume;
import io.gantry.api.core.v1.node.NodeFeatures;
import io.gantry.api.core.v1.node.NodeStatus;
import io.gantry.api.core.v1.node.NodeStatusBuilder;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.runtime.RuntimeHealth;
import io.gantry.kubelet.runtime.RuntimeVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeStatusPlanTest {
    private static final NodeStatusPlan PLAN = new NodeStatusPlan(new NodeStatusPlan.Fixed(
            new MachineFacts(2, 4L << 30, 8L << 30, "m", "s", "b", "6", "os", "amd64"),
            "a",
            List.of("10.0.0.1"),
            10250,
            110,
            Map.of()));
    private static final NodeObservation WELL = observed(PluginResources.NONE);

    private static NodeObservation observed(PluginResources plugins) {
        return new NodeObservation(
                new RuntimeHealth(RuntimeHealth.Condition.met(), RuntimeHealth.Condition.met(), Optional.of(true)),
                new RuntimeVersion("containerd", "1.6"),
                List.of(),
                Optional.empty(),
                NodeObservation.Pressure.NONE,
                List.of(),
                plugins);
    }

    @Test
    void tellsWhatTheRuntimeCanDo() {
        NodeStatus now = PLAN.of(NodeStatusBuilder.builder().build(), WELL, Instant.EPOCH);
        assertEquals(new NodeFeatures(true), now.features());
    }

    @Test
    void tellsThePluginsResourcesAndKeepsThoseOfOthers() {
        NodeStatus before = NodeStatusBuilder.builder()
                .capacity(Map.of("e/mine", Quantity.of(4), "e/gone", Quantity.of(2), "e/patched", Quantity.of(7)))
                .allocatable(Map.of("e/mine", Quantity.of(4), "e/gone", Quantity.of(2)))
                .build();
        NodeStatus now = PLAN.of(
                before,
                observed(new PluginResources(
                        Map.of("e/mine", Quantity.of(3)), Map.of("e/mine", Quantity.of(1)), Set.of("e/gone"), false)),
                Instant.EPOCH);
        assertEquals(Quantity.of(3), now.capacity().get("e/mine"));
        assertEquals(Quantity.of(1), now.allocatable().get("e/mine"));
        assertEquals(Quantity.ZERO, now.capacity().get("e/gone"));
        assertEquals(Quantity.ZERO, now.allocatable().get("e/gone"));
        assertEquals(Quantity.of(7), now.allocatable().get("e/patched"));
        assertEquals(
                Quantity.ZERO, NodeStatusPlan.withoutExtended(now).capacity().get("e/patched"));
    }

    /// An administrator may have written a resource into the status: pods are counted against it too.
    @Test
    void knowsWhatOthersCount() {
        NodeStatus status = NodeStatusBuilder.builder()
                .allocatable(Map.of(
                        "cpu",
                        Quantity.of(2),
                        "e/mine",
                        Quantity.of(4),
                        "e/gone",
                        Quantity.ZERO,
                        "e/patched",
                        Quantity.of(7)))
                .build();
        assertEquals(
                Map.of("e/patched", Quantity.of(7)),
                PLAN.foreign(
                        status,
                        observed(new PluginResources(
                                Map.of("e/mine", Quantity.of(3)), Map.of(), Set.of("e/gone"), false))));
    }

    @Test
    void declaresItsFeaturesInOrder() {
        NodeStatus older =
                NodeStatusBuilder.builder().declaredFeatures(List.of("Gone")).build();
        assertEquals(
                List.of(
                        "ExtendWebSocketsToKubelet",
                        "InPlacePodLevelResourcesVerticalScaling",
                        "InPlacePodVerticalScalingInitContainers",
                        "RestartAllContainersOnContainerExits"),
                PLAN.of(older, WELL, Instant.EPOCH).declaredFeatures());
    }

    @Test
    void writesVolumesInUseAndLeavesTheAttachedOnesToTheController() {
        NodeStatus none = NodeStatusBuilder.builder().build();
        NodeStatus some = NodeStatusBuilder.builder()
                .volumesInUse(List.of("v"))
                .volumesAttached(List.of(new AttachedVolume("v", "")))
                .build();
        assertEquals(
                "{\"volumesInUse\":[\"v\"]}", NodeStatusPlan.written(none, some).toString());
        assertEquals(
                "{\"volumesInUse\":null}", NodeStatusPlan.written(some, none).toString());
        assertEquals("{}", NodeStatusPlan.written(none, none).toString());
    }
}
