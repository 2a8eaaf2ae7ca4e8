package io.gantry.testing;

import static io.gantry.testing.Workloads.condition;
import static io.gantry.testing.Workloads.controller;
import static io.gantry.testing.Workloads.names;
import static io.gantry.testing.Workloads.replicated;
import static io.gantry.testing.Workloads.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationController;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the conformance suite asks of ReplicaSets, ReplicationControllers and StatefulSets, on a whole cluster with
/// simulated containers.
@Gantry(nodes = 2)
class ReplicationConformanceTest {
    private Workloads cluster;

    @BeforeEach
    void namespace(ApiClient client, @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        cluster = new Workloads(client, namespace);
    }

    @Test
    void aReplicaSetIsScaledReplacedAndPatched() {
        Resource<ReplicaSet> sets = cluster.client().resource(ReplicaSetKind.KIND);
        cluster.createWith(ReplicaSetKind.KIND, "rs", ",\"labels\":{\"rs\":\"mine\"}", replicated("rs", 1, ""));
        cluster.when(ReplicaSetKind.KIND, "rs", status("readyReplicas", 1));
        cluster.update(ReplicaSetKind.KIND, "rs", r -> r.withObject("spec").put("replicas", 2));
        cluster.when(ReplicaSetKind.KIND, "rs", status("readyReplicas", 2));
        sets.patch(
                cluster.namespace(),
                "rs",
                Patch.strategic(Json.MAPPER.readTree(
                        "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}},\"spec\":{\"replicas\":3,\"template\":{"
                                + "\"spec\":{\"terminationGracePeriodSeconds\":1,\"containers\":[{\"name\":\"c\","
                                + "\"image\":\"example/two\"}]}}}}")));
        cluster.when(
                ReplicaSetKind.KIND,
                "rs",
                status("readyReplicas", 3).and(status("availableReplicas", 3)).and(status("observedGeneration", 3)));
        assertEquals(
                Set.of("example/image", "example/two"),
                Set.copyOf(cluster.pods("rs").stream()
                        .map(p ->
                                String.valueOf(p.spec().containers().getFirst().image()))
                        .toList()));
    }

    @Test
    void aReplicaSetAdoptsWhatMatchesAndLetsGoWhatNoLongerDoes() {
        cluster.createWith(
                PodKind.KIND,
                "stray",
                ",\"labels\":{\"app\":\"adopt\"}",
                "{\"containers\":[{\"name\":\"c\",\"image\":\"example/image\"}]}");
        cluster.create(ReplicaSetKind.KIND, "adopt", replicated("adopt", 1, ""));
        cluster.when(
                PodKind.KIND,
                "stray",
                p -> p.at("/metadata/ownerReferences/0/name").asString("").equals("adopt"));
        assertEquals(Set.of("stray"), names(cluster.pods("adopt")));
        cluster.patch(PodKind.KIND, "stray", "{\"metadata\":{\"labels\":{\"app\":\"free\"}}}");
        cluster.when(
                PodKind.KIND,
                "stray",
                p -> p.path("metadata").path("ownerReferences").isEmpty());
        cluster.whenPods("adopt", pods -> pods.size() == 1 && !names(pods).contains("stray"));
    }

    @Test
    void aControllerSaysThatAQuotaStopsIt() {
        cluster.create(ResourceQuotaKind.KIND, "two", "{\"hard\":{\"pods\":\"2\"}}");
        cluster.when(
                ResourceQuotaKind.KIND,
                "two",
                q -> q.path("status").path("hard").has("pods"));
        cluster.create(ReplicationControllerKind.KIND, "three", controller("three", 3));
        Predicate<JsonNode> failing = condition("ReplicaFailure", "FailedCreate");
        cluster.when(ReplicationControllerKind.KIND, "three", failing);
        cluster.patch(ReplicationControllerKind.KIND, "three", "{\"spec\":{\"replicas\":2}}");
        cluster.when(ReplicationControllerKind.KIND, "three", failing.negate().and(status("observedGeneration", 2)));
    }

    @Test
    void aReplicationControllerIsPatchedScaledToldAndDeletedWithOthers() {
        Resource<ReplicationController> controllers = cluster.client().resource(ReplicationControllerKind.KIND);
        ListOptions labelled = ListOptions.all().withLabelSelector("life=" + cluster.namespace());
        cluster.createWith(
                ReplicationControllerKind.KIND,
                "life",
                ",\"labels\":{\"life\":\"" + cluster.namespace() + "\"}",
                controller("life", 1));
        cluster.when(
                ReplicationControllerKind.KIND,
                "life",
                status("readyReplicas", 1).and(status("availableReplicas", 1)));
        cluster.patch(ReplicationControllerKind.KIND, "life", "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}}}");
        ReplicationController told = controllers.patch(
                cluster.namespace(),
                "life",
                Patch.strategic(Json.MAPPER.readTree("{\"status\":{\"readyReplicas\":0,\"availableReplicas\":0}}"))
                        .subresource("status"));
        assertEquals(
                0, told.status().readyReplicas() == null ? 0 : told.status().readyReplicas());
        cluster.when(ReplicationControllerKind.KIND, "life", status("readyReplicas", 1));
        assertEquals(
                "yes",
                controllers
                        .get(cluster.namespace(), "life", "status", JsonNode.class)
                        .at("/metadata/labels/patched")
                        .asString(""));
        controllers.patch(
                cluster.namespace(),
                "life",
                Patch.strategic(Json.MAPPER.readTree("{\"spec\":{\"replicas\":2}}"))
                        .subresource("scale"));
        cluster.when(ReplicationControllerKind.KIND, "life", status("readyReplicas", 2));
        cluster.update(
                ReplicationControllerKind.KIND,
                "life",
                c -> c.withObject("spec").put("replicas", 1));
        cluster.when(
                ReplicationControllerKind.KIND,
                "life",
                status("readyReplicas", 1).and(status("replicas", 1)));
        assertEquals(Set.of("life"), names(controllers.list(labelled).items()));
        controllers.deleteCollection(
                ListOptions.inNamespace(cluster.namespace()).withLabelSelector("life=" + cluster.namespace()),
                Deletion.background());
        cluster.whenGone(ReplicationControllerKind.KIND, "life");
        cluster.whenPods("life", List::isEmpty);
    }

    @Test
    void parallelPodsComeAndGoThoughNoneIsReady() {
        cluster.create(
                StatefulSetKind.KIND,
                "burst",
                replicated("burst", 1, "\"serviceName\":\"burst\",\"podManagementPolicy\":\"Parallel\",")
                        .replace(
                                "\"annotations\":{}",
                                "\"annotations\":{\"simulated.gantry.io/ready-seconds\":\"never\"}"));
        cluster.whenPods("burst", pods -> pods.size() == 1 && areRunning(pods));
        cluster.patch(StatefulSetKind.KIND, "burst", "{\"spec\":{\"replicas\":3}}");
        cluster.whenPods(
                "burst", pods -> names(pods).equals(Set.of("burst-0", "burst-1", "burst-2")) && areRunning(pods));
        cluster.patch(StatefulSetKind.KIND, "burst", "{\"spec\":{\"replicas\":0}}");
        cluster.whenPods("burst", List::isEmpty);
        cluster.when(StatefulSetKind.KIND, "burst", status("replicas", 0).and(status("observedGeneration", 3)));
    }

    private static boolean areRunning(List<Pod> pods) {
        return pods.stream().allMatch(p -> "Running".equals(p.status().phase()));
    }

    @Test
    void aFailedPodOfAStatefulSetComesAgain() {
        cluster.create(StatefulSetKind.KIND, "again", replicated("again", 1, "\"serviceName\":\"again\","));
        cluster.when(StatefulSetKind.KIND, "again", status("readyReplicas", 1));
        String first =
                String.valueOf(cluster.pods("again").getFirst().metadata().uid());
        cluster.client()
                .resource(PodKind.KIND)
                .patch(
                        cluster.namespace(),
                        "again-0",
                        Patch.merge(Json.MAPPER.readTree("{\"status\":{\"phase\":\"Failed\",\"reason\":\"Evicted\"}}"))
                                .subresource("status"));
        cluster.when(
                PodKind.KIND,
                "again-0",
                p -> !p.at("/metadata/uid").asString(first).equals(first)
                        && p.path("status").path("phase").asString("").equals("Running"));
        cluster.when(StatefulSetKind.KIND, "again", status("readyReplicas", 1));
        assertNotEquals(first, cluster.pods("again").getFirst().metadata().uid());
    }
}
