package io.gantry.testing;

import static io.gantry.testing.Workloads.controller;
import static io.gantry.testing.Workloads.replicated;
import static io.gantry.testing.Workloads.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the conformance suite asks of garbage collection, on a whole cluster with simulated containers.
@Gantry(nodes = 2)
class GarbageCollectionConformanceTest {
    private Workloads cluster;

    @BeforeEach
    void namespace(ApiClient client, @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        cluster = new Workloads(client, namespace);
    }

    @Test
    void backgroundDeletionTakesTheDependents() {
        cluster.create(DeploymentKind.KIND, "web", replicated("gc-bg", 2, ""));
        cluster.create(ReplicationControllerKind.KIND, "rc", controller("gc-rc", 2));
        cluster.whenPods("gc-bg", pods -> pods.size() == 2);
        cluster.whenPods("gc-rc", pods -> pods.size() == 2);
        cluster.delete(DeploymentKind.KIND, "web", Deletion.background());
        cluster.delete(ReplicationControllerKind.KIND, "rc", Deletion.background());
        cluster.whenPods("gc-bg", List::isEmpty);
        cluster.whenPods("gc-rc", List::isEmpty);
        assertEquals(
                0,
                cluster.all(ReplicaSetKind.KIND).stream()
                        .filter(r -> "gc-bg".equals(r.metadata().labels().get("app")))
                        .count());
    }

    @Test
    void orphansLiveOn() {
        cluster.create(DeploymentKind.KIND, "orphan", replicated("gc-orphan", 1, ""));
        cluster.create(ReplicationControllerKind.KIND, "orphan", controller("gc-orphan-rc", 2));
        cluster.when(DeploymentKind.KIND, "orphan", status("readyReplicas", 1));
        cluster.when(ReplicationControllerKind.KIND, "orphan", status("readyReplicas", 2));
        cluster.delete(DeploymentKind.KIND, "orphan", Deletion.orphan());
        cluster.delete(ReplicationControllerKind.KIND, "orphan", Deletion.orphan());
        cluster.whenGone(DeploymentKind.KIND, "orphan");
        cluster.whenGone(ReplicationControllerKind.KIND, "orphan");
        assertTrue(cluster.all(ReplicaSetKind.KIND).stream()
                .filter(r -> "gc-orphan".equals(r.metadata().labels().get("app")))
                .allMatch(r -> r.metadata().ownerReferences().isEmpty()));
        assertEquals(1, cluster.pods("gc-orphan").size());
        List<Pod> pods = cluster.pods("gc-orphan-rc");
        assertEquals(2, pods.size());
        assertTrue(pods.stream().allMatch(p -> p.metadata().ownerReferences().isEmpty()));
    }

    @Test
    void foregroundDeletionWaitsForThePods() {
        cluster.create(ReplicationControllerKind.KIND, "fore", controller("gc-fore", 2));
        cluster.when(ReplicationControllerKind.KIND, "fore", status("readyReplicas", 2));
        cluster.delete(ReplicationControllerKind.KIND, "fore", Deletion.foreground());
        cluster.whenGone(ReplicationControllerKind.KIND, "fore");
        assertEquals(List.of(), cluster.pods("gc-fore"));
    }

    private ConfigMap owned(String name, String... owners) {
        String references = List.of(owners).stream().collect(Collectors.joining(","));
        return cluster.client()
                .resource(ConfigMapKind.KIND)
                .create(Json.MAPPER.readValue(
                        "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + cluster.namespace()
                                + "\",\"ownerReferences\":[" + references + "]}}",
                        ConfigMap.class));
    }

    private static String reference(ConfigMap owner) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\""
                + owner.metadata().name() + "\",\"uid\":\"" + owner.metadata().uid()
                + "\",\"blockOwnerDeletion\":true}";
    }

    @Test
    void aCircleOfOwnersIsCollected() {
        ConfigMap one = owned("circle-1");
        ConfigMap two = owned("circle-2", reference(one));
        ConfigMap three = owned("circle-3", reference(two));
        cluster.patch(
                ConfigMapKind.KIND, "circle-1", "{\"metadata\":{\"ownerReferences\":[" + reference(three) + "]}}");
        cluster.delete(ConfigMapKind.KIND, "circle-1", Deletion.foreground());
        List.of("circle-1", "circle-2", "circle-3").forEach(name -> cluster.whenGone(ConfigMapKind.KIND, name));
    }

    @Test
    void oneOwnerThatStaysIsEnough() {
        ConfigMap stays = owned("stays");
        ConfigMap goes = owned("goes");
        owned("both", reference(stays), reference(goes));
        cluster.delete(ConfigMapKind.KIND, "goes", Deletion.foreground());
        cluster.whenGone(ConfigMapKind.KIND, "goes");
        cluster.when(
                ConfigMapKind.KIND,
                "both",
                o -> o.path("metadata").path("ownerReferences").size() == 1);
    }
}
