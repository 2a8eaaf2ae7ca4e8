package io.gantry.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Claims of the default class on nodes without machines.
@Gantry(nodes = 2, scope = Gantry.Scope.CLASS)
class SimulatedVolumesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ApiClient client;

    SimulatedVolumesTest(GantryCluster cluster) {
        client = cluster.client();
    }

    @Test
    void aStatefulSetWithClaimsRunsAndItsVolumesGoWithTheClaims(
            @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        client.resource(StatefulSetKind.KIND).create(set(namespace));
        await().atMost(PATIENCE)
                .until(() -> Integer.valueOf(2)
                        .equals(client.resource(StatefulSetKind.KIND)
                                .get(namespace, "kept")
                                .status()
                                .readyReplicas()));
        List<String> volumes =
                client
                        .resource(PersistentVolumeClaimKind.KIND)
                        .list(ListOptions.inNamespace(namespace))
                        .items()
                        .stream()
                        .map(claim -> String.valueOf(claim.spec().volumeName()))
                        .toList();
        assertEquals(2, volumes.size());
        client.resource(StatefulSetKind.KIND).delete(namespace, "kept", Deletion.defaults());
        await().atMost(PATIENCE)
                .until(() -> client.resource(PodKind.KIND)
                        .list(ListOptions.inNamespace(namespace))
                        .items()
                        .isEmpty());
        for (String claim : List.of("data-kept-0", "data-kept-1")) {
            client.resource(PersistentVolumeClaimKind.KIND).delete(namespace, claim, Deletion.defaults());
        }
        await().atMost(PATIENCE)
                .until(() -> volumes.stream()
                        .allMatch(name -> client.resource(PersistentVolumeKind.KIND)
                                .find("", name)
                                .isEmpty()));
    }

    private static StatefulSet set(String namespace) {
        String text = "{'metadata':{'name':'kept','namespace':'" + namespace + "'},'spec':{'replicas':2,"
                + "'serviceName':'kept','selector':{'matchLabels':{'app':'kept'}},"
                + "'template':{'metadata':{'labels':{'app':'kept'}},'spec':{'terminationGracePeriodSeconds':0,"
                + "'containers':[{'name':'c','image':'i','volumeMounts':[{'name':'data','mountPath':'/data'}]}]}},"
                + "'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],"
                + "'resources':{'requests':{'storage':'1Gi'}}}}]}}";
        return Json.MAPPER.readValue(text.replace('\'', '"'), StatefulSet.class);
    }
}
