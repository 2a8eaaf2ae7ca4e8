package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What budgets tell of pods that they cannot count, with all controllers.
class DisruptionConformanceTest {
    private static final String POD = "{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}";
    private static final String SELECTOR = "\"selector\":{\"matchLabels\":{\"app\":\"x\"}}}";

    private final Simulation simulation = new Simulation(3);

    private void given(String budget) {
        simulation.then(user -> user.node("n1")).then(user -> user.create(PodDisruptionBudgetKind.KIND, "b", budget));
        simulation.live(Duration.ofMinutes(1));
        simulation
                .then(user -> user.create(PodKind.KIND, "p", POD))
                .then(user -> user.patch(PodKind.KIND, "p", "{\"metadata\":{\"labels\":{\"app\":\"x\"}}}"));
        simulation.live(Duration.ofMinutes(1));
    }

    private List<String> told() {
        return simulation.events.all().stream()
                .filter(e -> e.component().equals("disruption-controller"))
                .map(NotedEvents.Event::reason)
                .distinct()
                .toList();
    }

    private ObjectNode status() {
        return (ObjectNode)
                simulation.api.all(PodDisruptionBudgetKind.KIND).getFirst().path("status");
    }

    @Test
    void podsWithoutAControllerAreToldOf() {
        given("{\"maxUnavailable\":1," + SELECTOR);
        assertEquals(List.of("NoPods", "UnmanagedPods"), told());
        assertEquals(0, status().path("disruptionsAllowed").asInt(-1));
    }

    @Test
    void aNumberCountsThemAll() {
        given("{\"minAvailable\":0," + SELECTOR);
        assertEquals(List.of("NoPods"), told());
        assertEquals(1, status().path("disruptionsAllowed").asInt(-1));
    }

    @Test
    void anOwnerWithoutAScaleStopsEvictions() {
        given("{\"maxUnavailable\":1," + SELECTOR);
        simulation.then(user -> user.patch(
                PodKind.KIND,
                "p",
                "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"n1\",\"uid\":\""
                        + user.uid(io.gantry.api.core.v1.node.NodeKind.KIND, "n1")
                        + "\",\"controller\":true}]}}"));
        simulation.live(Duration.ofMinutes(1));
        assertEquals(
                "nodes does not implement the scale subresource",
                status().path("conditions").path(0).path("message").asString(""));
        assertEquals(
                "SyncFailed", status().path("conditions").path(0).path("reason").asString(""));
    }

    @Test
    void aMarkWithoutADeletionIsTakenBack() {
        given("{\"minAvailable\":0," + SELECTOR);
        simulation.then(user -> user.patch(
                PodKind.KIND,
                "p/status",
                "{\"status\":{\"conditions\":[{\"type\":\"DisruptionTarget\",\"status\":\"True\",\"reason\":\"PreemptionByScheduler\","
                        + "\"lastTransitionTime\":\"" + simulation.clock.instant() + "\"}]}}"));
        simulation.live(Duration.ofMinutes(1));
        assertTrue(mark().startsWith("True"));
        simulation.live(Duration.ofMinutes(2));
        assertEquals("False", mark());
    }

    private String mark() {
        for (var condition :
                simulation.api.all(PodKind.KIND).getFirst().path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("DisruptionTarget")) {
                return condition.path("status").asString("")
                        + condition.path("reason").asString("");
            }
        }
        return "";
    }
}
