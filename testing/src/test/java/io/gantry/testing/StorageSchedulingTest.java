package io.gantry.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacityKind;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Patch;
import io.gantry.kubelet.simulated.SimulatedNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A driver that tells how much storage it has, against API server and scheduler.
@Gantry(nodes = 0, scope = Gantry.Scope.CLASS)
class StorageSchedulingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SELECTED = "volume.kubernetes.io/selected-node";

    private final ApiClient client;

    StorageSchedulingTest(GantryCluster cluster) {
        client = cluster.client();
        cluster.addNodes(List.of(SimulatedNode.named("with"), SimulatedNode.named("without")));
    }

    private <T extends KubernetesObject> void create(Kind<T> kind, Class<T> type, String text) {
        client.resource(kind).create(Json.MAPPER.readValue(text.replace('\'', '"'), type));
    }

    @Test
    void aPodWaitsForStorageAndGoesWhereItIs(@FromGantry(FromGantry.Value.NAMESPACE) String own) {
        String meta = "'metadata':{'name':'room','namespace':'" + own + "'}";
        create(
                CSIDriverKind.KIND,
                CSIDriver.class,
                "{'metadata':{'name':'room.example.com'},'spec':{'storageCapacity':true}}");
        create(
                StorageClassKind.KIND,
                StorageClass.class,
                "{'metadata':{'name':'room'},'provisioner':'room.example.com',"
                        + "'volumeBindingMode':'WaitForFirstConsumer'}");
        create(
                PersistentVolumeClaimKind.KIND,
                PersistentVolumeClaim.class,
                "{" + meta + ",'spec':{'storageClassName':'room','accessModes':['ReadWriteOnce'],"
                        + "'resources':{'requests':{'storage':'1Gi'}}}}");
        create(
                PodKind.KIND,
                Pod.class,
                "{" + meta + ",'spec':{'containers':[{'name':'c','image':'i'}],"
                        + "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'room'}}]}}");
        await().atMost(PATIENCE)
                .until(() -> client.resource(PodKind.KIND).get(own, "room").status().conditions().stream()
                        .anyMatch(condition ->
                                String.valueOf(condition.message()).contains("did not have enough free storage")));
        assertNull(annotations(own).get(SELECTED));
        create(
                CSIStorageCapacityKind.KIND,
                CSIStorageCapacity.class,
                "{" + meta + ",'storageClassName':'room','capacity':'2Gi',"
                        + "'nodeTopology':{'matchLabels':{'kubernetes.io/hostname':'with'}}}");
        await().atMost(PATIENCE).until(() -> "with".equals(annotations(own).get(SELECTED)));
        // its provisioner found no room after all: the scheduler chooses again
        client.resource(PersistentVolumeClaimKind.KIND)
                .patch(
                        own,
                        "room",
                        Patch.merge(
                                Map.of("metadata", Map.of("annotations", Collections.singletonMap(SELECTED, null)))));
        await().atMost(PATIENCE).until(() -> "with".equals(annotations(own).get(SELECTED)));
    }

    private Map<String, String> annotations(String namespace) {
        return client.resource(PersistentVolumeClaimKind.KIND)
                .get(namespace, "room")
                .metadata()
                .annotations();
    }
}
