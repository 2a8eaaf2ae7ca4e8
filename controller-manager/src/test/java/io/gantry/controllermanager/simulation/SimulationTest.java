package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A cluster's life under faults; a seed that fails here fails again.
class SimulationTest {
    private static final String POD = "{\"metadata\":{\"labels\":{\"app\":\"%s\"}},"
            + "\"spec\":{%s\"containers\":[{\"name\":\"c\",\"image\":\"%s\"}]}}";

    static String replicated(String app, int replicas, String image, String more) {
        return "{\"replicas\":" + replicas + ",\"selector\":{\"matchLabels\":{\"app\":\"" + app + "\"}}," + more
                + "\"template\":" + POD.formatted(app, "", image) + "}";
    }

    static String job(String more) {
        return "{" + more + "\"template\":" + POD.formatted("job", "\"restartPolicy\":\"Never\",", "i") + "}";
    }

    private static final String CLAIMS = "\"serviceName\":\"db\",\"volumeClaimTemplates\":[{\"metadata\":{\"name\":"
            + "\"data\"},\"spec\":{\"storageClassName\":\"standard\",\"accessModes\":[\"ReadWriteOnce\"],"
            + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}],"
            + "\"persistentVolumeClaimRetentionPolicy\":{\"whenDeleted\":\"Retain\",\"whenScaled\":\"Delete\"},";

    static Simulation life(long seed) {
        return new Simulation(seed)
                .then(user -> List.of("n1", "n2", "n3").forEach(user::node))
                .then(user -> user.create(DeploymentKind.KIND, "web", replicated("web", 3, "a", "")))
                .then(user -> user.create(
                        JobKind.KIND, "sum", job("\"completions\":6,\"parallelism\":3,\"backoffLimit\":50,")))
                .then(user -> user.create(StatefulSetKind.KIND, "db", replicated("db", 3, "a", CLAIMS)))
                .then(user -> user.create(
                        DaemonSetKind.KIND,
                        "agent",
                        replicated("agent", 0, "a", "").replace("\"replicas\":0,", "")))
                .then(user -> user.patch(DeploymentKind.KIND, "web", "{\"spec\":{\"replicas\":5}}"))
                .then(user -> user.create(
                        JobKind.KIND,
                        "index",
                        job("\"completionMode\":\"Indexed\",\"completions\":5,\"parallelism\":2,\"backoffLimit\":50,")))
                .then(user -> user.create(DeploymentKind.KIND, "old", replicated("old", 2, "a", "")))
                .then(user -> user.patch(DeploymentKind.KIND, "web", newImage()))
                .then(user -> user.create(
                        JobKind.KIND, "bad", job("\"completions\":40,\"parallelism\":5,\"backoffLimit\":2,")))
                .then(user -> user.patch(StatefulSetKind.KIND, "db", "{\"spec\":{\"replicas\":1}}"))
                .then(user -> user.delete(DeploymentKind.KIND, "old", "Foreground"))
                .then(user -> user.patch(StatefulSetKind.KIND, "db", newImage()))
                .then(user -> user.create(DeploymentKind.KIND, "gone", replicated("gone", 3, "a", "")))
                .then(user -> user.patch(DeploymentKind.KIND, "web", "{\"spec\":{\"replicas\":2}}"))
                .then(user -> user.delete(DeploymentKind.KIND, "gone", "Background"));
    }

    private static String newImage() {
        return "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}";
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("gantry.simulation.seeds", 24));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inTheEndAllIsAsItShouldBe(long seed) {
        Simulation simulation = life(seed);
        simulation.run(6000, 20, 2);
        assertEquals(List.of(), FinalState.complaints(simulation), "seed " + seed);
        assertEquals(3 + 2 + 1, livingPods(simulation), "pods of agent, web and db");
        assertEquals(1, simulation.api.all(PersistentVolumeClaimKind.KIND).size(), "claims of db");
        assertTrue(simulation.crashes() > 0);
    }

    private static long livingPods(Simulation simulation) {
        return simulation.api.all(PodKind.KIND).stream()
                .filter(p -> p.path("status").path("phase").asString("").equals("Running"))
                .count();
    }

    @Test
    void aSeedIsReplayedExactly() {
        Simulation one = life(42);
        one.run(1500, 20, 2);
        Simulation two = life(42);
        two.run(1500, 20, 2);
        assertEquals(one.trace(), two.trace());
        assertEquals(one.api.log(), two.api.log());
    }
}
