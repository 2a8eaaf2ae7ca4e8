package io.gantry.testing;

import static io.gantry.testing.Workloads.condition;
import static io.gantry.testing.Workloads.names;
import static io.gantry.testing.Workloads.replicated;
import static io.gantry.testing.Workloads.status;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.Watch;
import io.gantry.client.WatchEvent;
import io.gantry.client.WatchOptions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the conformance suite asks of Deployments and of budgets over their pods, on a whole cluster with simulated
/// containers.
@Gantry(nodes = 2)
class DeploymentConformanceTest {
    private static final String STUCK = "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{"
            + "\"simulated.gantry.io/waiting\":\"ErrImagePull\"}}}}}";
    private static final String GOOD = "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{"
            + "\"simulated.gantry.io/waiting\":null,\"v\":\"2\"}}}}}";

    private Workloads cluster;

    @BeforeEach
    void namespace(ApiClient client, @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        cluster = new Workloads(client, namespace);
    }

    /// Sizes of the ReplicaSets of an app, the oldest revision first.
    private List<Integer> sizes(String app) {
        return cluster.all(ReplicaSetKind.KIND).stream()
                .filter(r -> app.equals(r.metadata().labels().get("app")))
                .sorted(Comparator.comparingInt(DeploymentConformanceTest::revision))
                .map(r -> r.spec().replicas())
                .toList();
    }

    private static int revision(ReplicaSet set) {
        return Integer.parseInt(set.metadata().annotations().getOrDefault("deployment.kubernetes.io/revision", "0"));
    }

    private void whenSizes(String app, Integer... sizes) {
        await().atMost(Duration.ofSeconds(40)).until(() -> sizes(app), List.of(sizes)::equals);
    }

    @Test
    void aScaledDeploymentInTheMiddleOfARolloutGrowsInProportion() {
        cluster.create(
                DeploymentKind.KIND,
                "prop",
                replicated("prop", 10, "\"strategy\":{\"rollingUpdate\":{\"maxSurge\":3,\"maxUnavailable\":2}},"));
        cluster.when(DeploymentKind.KIND, "prop", status("availableReplicas", 10));
        cluster.patch(DeploymentKind.KIND, "prop", STUCK);
        whenSizes("prop", 8, 5);
        cluster.when(
                DeploymentKind.KIND,
                "prop",
                status("availableReplicas", 8).and(status("replicas", 13)).and(status("updatedReplicas", 5)));
        cluster.patch(DeploymentKind.KIND, "prop", "{\"spec\":{\"replicas\":30}}");
        whenSizes("prop", 20, 13);
    }

    @Test
    void aRolloutThatIsStuckIsRolledOver() {
        cluster.createWith(ReplicaSetKind.KIND, "first", ",\"labels\":{\"app\":\"over\"}", replicated("over", 1, ""));
        cluster.when(ReplicaSetKind.KIND, "first", status("readyReplicas", 1));
        cluster.create(
                DeploymentKind.KIND,
                "over",
                replicated(
                                "over",
                                1,
                                "\"minReadySeconds\":1,\"strategy\":{\"rollingUpdate\":{\"maxSurge\":1,\"maxUnavailable\":0}},")
                        .replace(
                                "\"annotations\":{}",
                                "\"annotations\":{\"simulated.gantry.io/waiting\":\"ErrImagePull\"}"));
        cluster.when(
                ReplicaSetKind.KIND,
                "first",
                r -> r.at("/metadata/ownerReferences/0/name").asString("").equals("over"));
        cluster.when(DeploymentKind.KIND, "over", status("updatedReplicas", 1).and(status("replicas", 2)));
        cluster.patch(DeploymentKind.KIND, "over", GOOD);
        cluster.when(
                DeploymentKind.KIND,
                "over",
                condition("Progressing", "NewReplicaSetAvailable")
                        .and(status("observedGeneration", 2))
                        .and(status("availableReplicas", 1))
                        .and(status("replicas", 1)));
        assertEquals(1, sizes("over").getLast());
        assertEquals(1, sizes("over").stream().mapToInt(n -> n).sum());
        assertEquals(3, sizes("over").size());
    }

    @Test
    void aDeploymentIsPatchedReplacedToldAndDeletedWithOthers() throws InterruptedException {
        Resource<Deployment> deployments = cluster.client().resource(DeploymentKind.KIND);
        ListOptions labelled = ListOptions.all().withLabelSelector("life=" + cluster.namespace());
        String before = deployments.list(labelled).resourceVersion();
        cluster.createWith(
                DeploymentKind.KIND,
                "life",
                ",\"labels\":{\"life\":\"" + cluster.namespace() + "\"}",
                replicated("life", 2, ""));
        cluster.when(DeploymentKind.KIND, "life", condition("Available", "").and(status("readyReplicas", 2)));
        cluster.patch(
                DeploymentKind.KIND,
                "life",
                "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}},\"spec\":{\"replicas\":3,\"template\":{\"spec\":{"
                        + "\"terminationGracePeriodSeconds\":1,\"containers\":[{\"name\":\"c\",\"image\":\"example/two\"}]}}}}");
        cluster.when(
                DeploymentKind.KIND,
                "life",
                status("readyReplicas", 3).and(status("updatedReplicas", 3)).and(status("replicas", 3)));
        assertEquals(
                "life", names(deployments.list(labelled).items()).iterator().next());
        deployments.patch(
                cluster.namespace(),
                "life",
                Patch.merge(Json.MAPPER.readTree("{\"status\":{\"readyReplicas\":0,\"availableReplicas\":0}}"))
                        .subresource("status"));
        cluster.when(DeploymentKind.KIND, "life", status("readyReplicas", 3));
        cluster.update(
                DeploymentKind.KIND,
                "life",
                d -> d.withObject("metadata").withObject("annotations").put("replaced", "yes"));
        assertEquals(
                "yes",
                deployments
                        .get(cluster.namespace(), "life", "status", JsonNode.class)
                        .at("/metadata/annotations/replaced")
                        .asString(""));
        deployments.deleteCollection(
                ListOptions.inNamespace(cluster.namespace()).withLabelSelector("life=" + cluster.namespace()),
                Deletion.defaults().withGraceSeconds(1));
        cluster.whenGone(DeploymentKind.KIND, "life");
        watchedInOrder(deployments, before);
    }

    private void watchedInOrder(Resource<Deployment> deployments, String from) throws InterruptedException {
        Iterator<Class<?>> wanted = List.<Class<?>>of(
                        WatchEvent.Added.class, WatchEvent.Modified.class, WatchEvent.Deleted.class)
                .iterator();
        WatchOptions options = WatchOptions.from(from).withLabelSelector("life=" + cluster.namespace());
        try (Watch<Deployment> watch = deployments.watch(options)) {
            Class<?> next = wanted.next();
            while (true) {
                WatchEvent<Deployment> event = watch.next().orElseThrow();
                if (next.isInstance(event)) {
                    if (!wanted.hasNext()) {
                        return;
                    }
                    next = wanted.next();
                }
            }
        }
    }

    @Test
    void anEvictionIsRefusedUntilTheBudgetAllowsIt() {
        cluster.create(DeploymentKind.KIND, "pdb", replicated("pdb", 3, ""));
        cluster.when(DeploymentKind.KIND, "pdb", status("readyReplicas", 3));
        cluster.create(
                PodDisruptionBudgetKind.KIND,
                "pdb",
                "{\"minAvailable\":3,\"selector\":{\"matchLabels\":{\"app\":\"pdb\"}}}");
        cluster.when(PodDisruptionBudgetKind.KIND, "pdb", status("currentHealthy", 3));
        assertRefused();
        cluster.update(
                PodDisruptionBudgetKind.KIND, "pdb", b -> b.withObject("spec").put("minAvailable", 2));
        cluster.when(PodDisruptionBudgetKind.KIND, "pdb", status("disruptionsAllowed", 1));
        evictOne();
        cluster.patch(PodDisruptionBudgetKind.KIND, "pdb", "{\"spec\":{\"minAvailable\":3}}");
        cluster.when(
                PodDisruptionBudgetKind.KIND, "pdb", status("currentHealthy", 3).and(status("observedGeneration", 3)));
        assertRefused();
        cluster.delete(PodDisruptionBudgetKind.KIND, "pdb", Deletion.defaults());
        evictOne();
    }

    private String running() {
        return cluster.pods("pdb").stream()
                .filter(p -> p.metadata().deletionTimestamp() == null)
                .map(p -> String.valueOf(p.metadata().name()))
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused() {
        StatusException refused = assertThrows(StatusException.class, () -> cluster.evict(running()));
        assertEquals(429, refused.code());
        assertTrue(String.valueOf(refused.getMessage())
                .contains("Cannot evict pod as it would violate the pod's disruption budget"));
    }

    private void evictOne() {
        String name = running();
        cluster.evict(name);
        cluster.whenPods("pdb", pods -> !names(pods).contains(name));
    }
}
