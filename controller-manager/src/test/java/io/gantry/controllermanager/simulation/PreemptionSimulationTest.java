package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Full nodes, pods more important than those on them, budgets, and a node that dies meanwhile, under faults.
class PreemptionSimulationTest {
    private static final String GUARDED = "{\"minAvailable\":3,\"selector\":{\"matchLabels\":{\"app\":\"guard\"}}}";

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("gantry.simulation.seeds", 5));
    }

    static Simulation contest(long seed) {
        return new Simulation(seed)
                .then(user -> List.of("n1", "n2", "n3").forEach(user::node))
                .then(user -> user.create(PodDisruptionBudgetKind.KIND, "guard", GUARDED))
                .then(user -> user.create(DeploymentKind.KIND, "guard", SimulationTest.sized("guard", 3, "500m", 0)))
                .then(user -> user.create(DeploymentKind.KIND, "free", SimulationTest.sized("free", 12, "1", 0)))
                .then(user -> user.create(DeploymentKind.KIND, "vip", SimulationTest.sized("vip", 2, "1500m", 1000)))
                .then(user -> user.fail("n2"))
                .then(user -> user.patch(DeploymentKind.KIND, "vip", "{\"spec\":{\"replicas\":3}}"))
                .then(user -> user.recover("n2"))
                .then(user -> user.patch(DeploymentKind.KIND, "free", "{\"spec\":{\"replicas\":3}}"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theMoreImportantPodsGetTheirRoom(long seed) {
        Simulation simulation = contest(seed);
        simulation.run(4000, 20, 2);
        assertEquals(List.of(), FinalState.complaints(simulation), "seed " + seed);
        Map<String, Integer> running = new TreeMap<>();
        simulation.api.all(PodKind.KIND).stream()
                .filter(p -> p.path("status").path("phase").asString("").equals("Running"))
                .forEach(p -> running.merge(p.at("/metadata/labels/app").asString(""), 1, Integer::sum));
        assertEquals(Map.of("guard", 3, "free", 3, "vip", 3), running, "seed " + seed);
        List<String> victims = simulation.api.log().stream()
                .filter(c -> c.kind().equals(PodKind.KIND) && FinalScheduling.isVictim(c.object()))
                .map(c -> c.object().at("/metadata/labels/app").asString(""))
                .distinct()
                .toList();
        assertEquals(List.of("free"), victims, "seed " + seed);
        assertTrue(simulation.events.all().stream().anyMatch(e -> e.reason().equals("Preempted")), "seed " + seed);
    }
}
