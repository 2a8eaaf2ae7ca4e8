package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.batch.v1.cronjob.CronJobKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.endpoints.EndpointsKind;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A cluster's life under faults; a seed that fails here fails again.
class SimulationTest {
    private static final String POD = "{\"metadata\":{\"labels\":{\"app\":\"%s\"}},\"spec\":{%s\"containers\":["
            + "{\"name\":\"c\",\"image\":\"%s\",\"resources\":{\"requests\":{\"cpu\":\"%s\"}}}]}}";

    static String replicated(String app, int replicas, String image, String more) {
        return "{\"replicas\":" + replicas + ",\"selector\":{\"matchLabels\":{\"app\":\"" + app + "\"}}," + more
                + "\"template\":" + POD.formatted(app, "", image, "100m") + "}";
    }

    /// On nodes that have room for volumes.
    static String database(String app, int replicas, String more) {
        return replicated(app, replicas, "a", more)
                .replace(
                        "\"spec\":{\"containers\"",
                        "\"spec\":{\"priority\":500,\"nodeSelector\":{\"volumes\":\"yes\"},\"containers\"");
    }

    static String job(String more) {
        return "{" + more + "\"template\":" + POD.formatted("job", "\"restartPolicy\":\"Never\",", "i", "100m") + "}";
    }

    static final String CLAIMS = "\"serviceName\":\"db\",\"volumeClaimTemplates\":[{\"metadata\":{\"name\":"
            + "\"data\"},\"spec\":{\"storageClassName\":\"standard\",\"accessModes\":[\"ReadWriteOnce\"],"
            + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}],"
            + "\"persistentVolumeClaimRetentionPolicy\":{\"whenDeleted\":\"Retain\",\"whenScaled\":\"Delete\"},";

    static final String CRON = "{\"schedule\":\"*/1 * * * *\",\"suspend\":%s,\"jobTemplate\":{\"spec\":%s}}";

    static final String SERVICE = "{\"selector\":{\"app\":\"web\"},\"clusterIP\":\"10.96.0.5\",\"clusterIPs\":"
            + "[\"10.96.0.5\"],\"ipFamilies\":[\"IPv4\"],\"ports\":[{\"port\":80}]}";

    static final String BY_HAND =
            "{\"clusterIP\":\"10.96.0.6\",\"clusterIPs\":[\"10.96.0.6\"],\"ipFamilies\":[\"IPv4\"],"
                    + "\"ports\":[{\"port\":80}]}";

    /// Endpoints of such addresses.
    static String endpoints(String... addresses) {
        String all = Stream.of(addresses).map(a -> "{\"ip\":\"" + a + "\"}").collect(Collectors.joining(",", "[", "]"));
        return ",\"subsets\":[{\"addresses\":" + all + ",\"ports\":[{\"port\":80}]}]";
    }

    static final String GUARD = "{\"minAvailable\":2,\"selector\":{\"matchLabels\":{\"app\":\"guard\"}}}";

    static final String BUDGET = "{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"web\"}}}";

    /// Pods of a size and a priority.
    static String sized(String app, int replicas, String cpu, int priority) {
        return "{\"replicas\":" + replicas + ",\"selector\":{\"matchLabels\":{\"app\":\"" + app + "\"}},\"template\":"
                + POD.formatted(app, "\"priority\":" + priority + ",", "a", cpu) + "}";
    }

    static String controller(String app, int replicas) {
        return "{\"replicas\":" + replicas + ",\"selector\":{\"app\":\"" + app + "\"},\"template\":"
                + POD.formatted(app, "", "a", "100m") + "}";
    }

    static String daemon(String app) {
        return sized(app, 0, "100m", 2000).replace("\"replicas\":0,", "");
    }

    static Simulation life(long seed) {
        Simulation simulation = new Simulation(seed)
                .then(user -> List.of("n1", "n2", "n3").forEach(user::node))
                .then(user -> List.of("v1", "v2").forEach(name -> user.node(name, "b")))
                .then(user -> user.create(DeploymentKind.KIND, "web", replicated("web", 3, "a", "")))
                .then(user -> user.create(ServiceKind.KIND, "web", SERVICE))
                .then(user -> user.create(PodDisruptionBudgetKind.KIND, "web", BUDGET))
                .then(user -> user.create(ResourceQuotaKind.KIND, "q", "{\"hard\":{\"pods\":\"100\"}}"))
                .then(user -> user.create(
                        JobKind.KIND, "sum", job("\"completions\":6,\"parallelism\":3,\"backoffLimit\":50,")))
                .then(user -> user.create(StatefulSetKind.KIND, "db", database("db", 3, CLAIMS)))
                .then(user -> user.create(DaemonSetKind.KIND, "agent", daemon("agent")))
                .then(user -> user.make(NamespaceKind.KIND, "side", ""))
                .then(user -> user.create(ServiceKind.KIND, "hand", BY_HAND))
                .then(user -> user.make(EndpointsKind.KIND, "hand", endpoints("192.0.2.1", "192.0.2.2")))
                .then(user -> user.create(JobKind.KIND, "brief", job("\"ttlSecondsAfterFinished\":5,")))
                .then(user -> user.create(DeploymentKind.KIND, "bulk", sized("bulk", 9, "1500m", 0)))
                .then(user -> user.patch(DeploymentKind.KIND, "web", "{\"spec\":{\"replicas\":5}}"))
                .then(user -> user.create(CronJobKind.KIND, "tick", CRON.formatted(false, job(""))));
        return simulation
                .then(user -> sideLife(user.in("side")))
                .then(user -> user.create(
                        JobKind.KIND,
                        "index",
                        job("\"completionMode\":\"Indexed\",\"completions\":5,\"parallelism\":2,\"backoffLimit\":50,")))
                .then(user -> user.create(ReplicationControllerKind.KIND, "rc", controller("rc", 3)))
                .then(user -> user.fail("n2"))
                .then(user -> user.create(DeploymentKind.KIND, "vip", sized("vip", 3, "2", 1000)))
                .then(user -> user.evict("web"))
                .then(user -> user.create(DeploymentKind.KIND, "old", replicated("old", 2, "a", "")))
                .then(user -> user.patch(DeploymentKind.KIND, "web", newImage()))
                .then(user -> user.create(
                        JobKind.KIND, "bad", job("\"completions\":40,\"parallelism\":5,\"backoffLimit\":2,")))
                .then(user -> user.delete(NodeKind.KIND, "v1", "Background"))
                .then(user -> user.evict("web"))
                .then(user -> user.patch(StatefulSetKind.KIND, "db", "{\"spec\":{\"replicas\":1}}"))
                .then(user -> user.patch(
                        EndpointsKind.KIND, "hand", "{" + endpoints("192.0.2.3").substring(1) + "}"))
                .then(user -> user.patch(PersistentVolumeClaimKind.KIND, "data-db-0", VolumeScript.size("2Gi")))
                .then(user -> user.recover("n2"))
                .then(user -> user.delete(NamespaceKind.KIND, "side", "Background"))
                .then(user -> user.delete(DeploymentKind.KIND, "old", "Foreground"))
                .then(user -> user.fail("v2"))
                .then(user -> user.patch(StatefulSetKind.KIND, "db", newImage()))
                .then(user -> user.patch(DaemonSetKind.KIND, "agent", newImage()))
                .then(user -> user.create(DeploymentKind.KIND, "gone", replicated("gone", 3, "a", "")))
                .then(user -> user.node("v3", "b"))
                .then(user -> user.patch(DeploymentKind.KIND, "bulk", "{\"spec\":{\"replicas\":1}}"))
                .then(user -> user.patch(DeploymentKind.KIND, "vip", "{\"spec\":{\"replicas\":2}}"))
                .then(user -> user.patch(ReplicationControllerKind.KIND, "rc", "{\"spec\":{\"replicas\":1}}"))
                .then(user -> user.patch(CronJobKind.KIND, "tick", "{\"spec\":{\"suspend\":true}}"))
                .then(user -> user.patch(DeploymentKind.KIND, "web", "{\"spec\":{\"replicas\":2}}"))
                .then(user -> user.delete(NodeKind.KIND, "v2", "Background"))
                .then(user -> user.delete(DeploymentKind.KIND, "gone", "Background"));
    }

    static void sideLife(User user) {
        user.create(DeploymentKind.KIND, "web", replicated("web", 2, "a", ""));
        user.create(JobKind.KIND, "sum", job("\"completions\":3,"));
        user.create(StatefulSetKind.KIND, "db", database("db", 1, CLAIMS));
        user.create(ServiceKind.KIND, "web", SERVICE);
    }

    private static String newImage() {
        return "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}";
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("gantry.simulation.seeds", 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inTheEndAllIsAsItShouldBe(long seed) {
        Simulation simulation = life(seed);
        simulation.run(9000, 20, 2);
        assertEquals(List.of(), FinalState.complaints(simulation), "seed " + seed);
        assertEquals(4 + 2 + 1 + 1 + 1 + 2, livingPods(simulation), "pods of agent, web, db, rc, bulk and vip");
        assertEquals(List.of(), simulation.api.all(NamespaceKind.KIND), "namespaces");
        assertEquals(1, simulation.api.all(PersistentVolumeClaimKind.KIND).size(), "claims of db");
        assertEquals(Optional.empty(), simulation.api.find(JobKind.KIND, "default", "brief"), "seed " + seed);
        assertTrue(simulation.crashes() > 0);
    }

    private static long livingPods(Simulation simulation) {
        return simulation.api.all(PodKind.KIND).stream()
                .filter(p -> p.path("status").path("phase").asString("").equals("Running"))
                .count();
    }

    /// To the byte, whatever ran between.
    @Test
    void aSeedIsReplayedExactly() {
        Simulation one = life(42);
        one.run(3000, 20, 2);
        life(43).run(1000, 20, 2);
        Simulation two = life(42);
        two.run(3000, 20, 2);
        assertEquals(one.trace(), two.trace());
        assertEquals(one.record(), two.record());
    }
}
