package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.batch.v1.cronjob.CronJobKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.endpoints.EndpointsKind;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplateKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The controllers' process, or the scheduler's, dies at each of its writes in turn, after the write took effect.
class CrashTest {
    /// Enough for each action of a script to be carried out before the next, also by a second process.
    private static final int STEPS = 900;

    /// Longer than expectations last.
    private static final Duration SETTLED = Duration.ofMinutes(6);

    /// In a script with more writes a crash comes at every second one, unless `gantry.simulation.crashes` is `all`.
    private static final int MANY = 60;

    /// @param pods, claims, volumes how many there must be in the end
    record Case(String name, List<Consumer<User>> script, int pods, int claims, int volumes) {
        /// Whose writes are gone through: the scheduler's where it has more to write than bindings.
        List<Function<Simulation, Process>> processes() {
            boolean both = claims > 0 || name.contains("more important");
            return both ? List.of(s -> s.controllers, s -> s.scheduler) : List.of(s -> s.controllers);
        }

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

    private static final String DEVICES =
            "{\"spec\":{\"devices\":{\"requests\":[{\"name\":\"r\",\"exactly\":{\"deviceClassName\":\"c\"}}]}}}";

    /// Placed by hand: no scheduler allocates.
    private static final String WITH_DEVICES =
            "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"c\",\"image\":\"a\"}],\"resourceClaims\":"
                    + "[{\"name\":\"one\",\"resourceClaimTemplateName\":\"t\"},"
                    + "{\"name\":\"two\",\"resourceClaimTemplateName\":\"t\"}]}";

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
                        0),
                new Case(
                        "a ReplicationController shrinks, a ReplicaSet adopts",
                        List.of(
                                user -> user.create(
                                        ReplicationControllerKind.KIND, "rc", SimulationTest.controller("rc", 2)),
                                user -> user.create(
                                        ReplicaSetKind.KIND, "rs", SimulationTest.replicated("rs", 1, "a", "")),
                                user -> user.delete(ReplicaSetKind.KIND, "rs", "Orphan"),
                                user -> user.create(
                                        ReplicaSetKind.KIND, "again", SimulationTest.replicated("rs", 1, "a", "")),
                                user -> user.patch(
                                        ReplicationControllerKind.KIND, "rc", "{\"spec\":{\"replicas\":1}}")),
                        2,
                        0,
                        0),
                new Case(
                        "a service, a budget and a quota over pods of which one is evicted",
                        List.of(
                                user -> user.create(ServiceKind.KIND, "web", SimulationTest.SERVICE),
                                user -> user.create(PodDisruptionBudgetKind.KIND, "web", SimulationTest.BUDGET),
                                user -> user.create(ResourceQuotaKind.KIND, "q", "{\"hard\":{\"pods\":\"9\"}}"),
                                user -> user.create(
                                        DeploymentKind.KIND, "web", SimulationTest.replicated("web", 2, "a", "")),
                                user -> user.evict("web")),
                        2,
                        0,
                        0),
                new Case(
                        "a CronJob",
                        List.of(
                                user -> user.create(
                                        CronJobKind.KIND,
                                        "tick",
                                        SimulationTest.CRON.formatted(false, SimulationTest.job(""))),
                                user -> user.sleep(Duration.ofMinutes(1)),
                                user -> user.sleep(Duration.ofMinutes(1)),
                                user -> user.patch(CronJobKind.KIND, "tick", "{\"spec\":{\"suspend\":true}}")),
                        0,
                        0,
                        0),
                new Case(
                        "a namespace gets its account and goes with all that is in it",
                        List.of(
                                user -> user.make(NamespaceKind.KIND, "stays", ""),
                                user -> user.make(NamespaceKind.KIND, "side", ""),
                                user -> SimulationTest.sideLife(user.in("side")),
                                user -> user.delete(NamespaceKind.KIND, "side", "Background")),
                        0,
                        0,
                        0),
                new Case(
                        "owners: orphans live on, a circle goes",
                        List.of(
                                user -> user.create(
                                        DeploymentKind.KIND, "left", SimulationTest.replicated("left", 1, "a", "")),
                                user -> {
                                    user.make(ConfigMapKind.KIND, "one", "");
                                    user.make(ConfigMapKind.KIND, "two", "");
                                    own(user, "one", "two");
                                    own(user, "two", "one");
                                },
                                user -> user.delete(DeploymentKind.KIND, "left", "Orphan"),
                                user -> user.delete(ConfigMapKind.KIND, "one", "Foreground")),
                        1,
                        0,
                        0),
                new Case(
                        "pods have claims for devices, one goes",
                        List.of(
                                user -> user.create(ResourceClaimTemplateKind.KIND, "t", DEVICES),
                                user -> user.create(PodKind.KIND, "stays", WITH_DEVICES),
                                user -> user.create(PodKind.KIND, "goes", WITH_DEVICES),
                                user -> user.delete(PodKind.KIND, "goes", "Background")),
                        1,
                        0,
                        0),
                new Case("claims are bound, made, enlarged and deleted", VolumeScript.actions(), 2, 2, 3),
                new Case(
                        "endpoints by hand change, a Job goes by itself",
                        List.of(
                                user -> user.create(ServiceKind.KIND, "hand", SimulationTest.BY_HAND),
                                user -> user.make(
                                        EndpointsKind.KIND, "hand", SimulationTest.endpoints("192.0.2.1", "192.0.2.2")),
                                user -> user.create(
                                        JobKind.KIND, "brief", SimulationTest.job("\"ttlSecondsAfterFinished\":5,")),
                                user -> user.patch(
                                        EndpointsKind.KIND,
                                        "hand",
                                        "{"
                                                + SimulationTest.endpoints("192.0.2.3")
                                                        .substring(1) + "}")),
                        0,
                        0,
                        0),
                new Case(
                        "a more important pod takes room",
                        List.of(
                                user -> user.create(PodDisruptionBudgetKind.KIND, "guard", SimulationTest.GUARD),
                                user -> user.create(
                                        DeploymentKind.KIND, "guard", SimulationTest.sized("guard", 2, "1", 0)),
                                user -> user.create(
                                        DeploymentKind.KIND, "free", SimulationTest.sized("free", 3, "2", 0)),
                                user -> user.create(
                                        DeploymentKind.KIND, "vip", SimulationTest.sized("vip", 1, "2", 1000)),
                                user -> user.patch(DeploymentKind.KIND, "free", "{\"spec\":{\"replicas\":1}}")),
                        4,
                        0,
                        0),
                new Case(
                        "a node falls silent, another goes",
                        List.of(
                                user -> user.node("v1", "b"),
                                user -> user.create(
                                        DeploymentKind.KIND, "web", SimulationTest.replicated("web", 3, "a", "")),
                                user -> user.create(DaemonSetKind.KIND, "agent", SimulationTest.daemon("agent")),
                                user -> user.fail("n1"),
                                user -> user.sleep(Duration.ofMinutes(1)),
                                user -> user.sleep(Duration.ofMinutes(1)),
                                user -> user.delete(NodeKind.KIND, "v1", "Background"),
                                user -> user.recover("n1")),
                        5,
                        0,
                        0));
    }

    private static void own(User user, String owner, String owned) {
        user.patch(
                ConfigMapKind.KIND,
                owned,
                "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"" + owner
                        + "\",\"uid\":\"" + user.uid(ConfigMapKind.KIND, owner)
                        + "\",\"blockOwnerDeletion\":true}]}}");
    }

    private static Simulation simulation(Case c) {
        Simulation simulation = new Simulation(7)
                .settling(SETTLED)
                .then(user -> List.of("n1", "n2").forEach(user::node));
        c.script().forEach(simulation::then);
        return simulation;
    }

    @ParameterizedTest
    @MethodSource
    void everyWrite(Case c) {
        Simulation calm = simulation(c);
        calm.run(STEPS, 0, 0);
        check(c, calm, "no crash");
        boolean all = System.getProperty("gantry.simulation.crashes", "").equals("all");
        for (Function<Simulation, Process> which : c.processes()) {
            int writes = which.apply(calm).faults().writes();
            int stride = writes > MANY && !all ? 2 : 1;
            for (int i = 0; i <= writes && writes > 0; i += i == 0 ? 1 : stride) {
                die(c, which, Math.max(i, 1), i > 0);
            }
        }
    }

    /// @param after whether the write took effect; after one is before the next
    private static void die(Case c, Function<Simulation, Process> which, int write, boolean after) {
        Simulation disturbed = simulation(c);
        which.apply(disturbed).faults().crashAtWrite(write, after);
        disturbed.run(STEPS, 0, 0);
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
        assertEquals(List.of(), simulation.api.all(ConfigMapKind.KIND), when + ": config maps");
        assertEquals(c.volumes(), simulation.api.all(PersistentVolumeKind.KIND).size(), when + ": volumes");
    }
}
