package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The controllers' process dies at each of its writes in turn, after the write took effect.
class CrashTest {
    /// @param pods, claims, volumes how many there must be in the end
    record Case(String name, List<Consumer<User>> script, int pods, int claims, int volumes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String CLAIM = "{\"storageClassName\":\"standard\",\"accessModes\":[\"ReadWriteOnce\"],"
            + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}";

    private static final String SET = "\"serviceName\":\"db\",\"volumeClaimTemplates\":[{\"metadata\":{\"name\":\"d\"},"
            + "\"spec\":" + CLAIM + "}],\"persistentVolumeClaimRetentionPolicy\":{\"whenDeleted\":\"Delete\","
            + "\"whenScaled\":\"Delete\"},";

    static Stream<Case> everyWrite() {
        return Stream.of(
                new Case(
                        "a Deployment is rolled out, then one is deleted",
                        List.of(
                                user -> user.create(
                                        DeploymentKind.KIND, "web", SimulationTest.replicated("web", 2, "a", "")),
                                user -> user.patch(
                                        DeploymentKind.KIND,
                                        "web",
                                        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}"),
                                user -> user.create(
                                        DeploymentKind.KIND, "old", SimulationTest.replicated("old", 1, "a", "")),
                                user -> user.delete(DeploymentKind.KIND, "old", "Foreground")),
                        2,
                        0,
                        0),
                new Case(
                        "a Job",
                        List.of(user -> user.create(
                                JobKind.KIND,
                                "sum",
                                SimulationTest.job("\"completions\":3,\"parallelism\":2,\"backoffLimit\":50,"))),
                        0,
                        0,
                        0),
                new Case(
                        "a StatefulSet with claims shrinks",
                        List.of(
                                user -> user.create(
                                        StatefulSetKind.KIND, "db", SimulationTest.replicated("db", 2, "a", SET)),
                                user -> user.patch(StatefulSetKind.KIND, "db", "{\"spec\":{\"replicas\":1}}")),
                        1,
                        1,
                        1),
                new Case(
                        "a DaemonSet",
                        List.of(user -> user.create(
                                DaemonSetKind.KIND,
                                "agent",
                                SimulationTest.replicated("agent", 0, "a", "").replace("\"replicas\":0,", ""))),
                        2,
                        0,
                        0));
    }

    private static Simulation simulation(Case c) {
        Simulation simulation =
                new Simulation(7).then(user -> List.of("n1", "n2").forEach(user::node));
        c.script().forEach(simulation::then);
        return simulation;
    }

    @ParameterizedTest
    @MethodSource
    void everyWrite(Case c) {
        Simulation calm = simulation(c);
        calm.run(400, 0, 0);
        check(c, calm, "no crash");
        int writes = calm.faults.writes();
        die(c, 1, false);
        for (int i = 1; i <= writes; i++) {
            die(c, i, true);
        }
    }

    /// @param after whether the write took effect; after one is before the next
    private static void die(Case c, int write, boolean after) {
        Simulation disturbed = simulation(c);
        disturbed.faults.crashAtWrite(write, after);
        disturbed.run(400, 0, 0);
        String when = "crash " + (after ? "after" : "before") + " write " + write;
        assertTrue(disturbed.crashes() > 0, when);
        check(c, disturbed, when);
    }

    private static void check(Case c, Simulation simulation, String when) {
        assertEquals(List.of(), FinalState.complaints(simulation), when);
        long running = simulation.api.all(PodKind.KIND).stream()
                .filter(p -> p.path("status").path("phase").asString("").equals("Running"))
                .count();
        assertEquals(c.pods(), running, when + ": pods");
        assertEquals(
                c.claims(), simulation.api.all(PersistentVolumeClaimKind.KIND).size(), when + ": claims");
        assertEquals(c.volumes(), simulation.api.all(PersistentVolumeKind.KIND).size(), when + ": volumes");
    }
}
