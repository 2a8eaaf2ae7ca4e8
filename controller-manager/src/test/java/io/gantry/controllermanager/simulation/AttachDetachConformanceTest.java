package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Volumes of a driver are attached to where their pods are, with all controllers; the user is the driver's
/// attacher and the node's kubelet.
class AttachDetachConformanceTest {
    private static final String UNIQUE = CsiNames.unique("d", "h");
    private static final Duration WHILE = Duration.ofMinutes(1);

    private final Simulation simulation = new Simulation(3);

    private void claimed(String driver) {
        simulation.then(user -> {
            user.node("n1");
            user.node("n2");
            user.create(CSIDriverKind.KIND, "d", driver);
            user.create(
                    PersistentVolumeKind.KIND,
                    "pv",
                    "{\"storageClassName\":\"s\",\"capacity\":{\"storage\":\"1Gi\"},\"accessModes\":[\"ReadWriteOnce\"],"
                            + "\"persistentVolumeReclaimPolicy\":\"Retain\",\"csi\":{\"driver\":\"d\",\"volumeHandle\":\"h\"}}");
            user.create(
                    PersistentVolumeClaimKind.KIND,
                    "c",
                    "{\"storageClassName\":\"s\",\"accessModes\":[\"ReadWriteOnce\"],\"volumeName\":\"pv\","
                            + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}");
            pod(user, "p", "n1");
        });
        simulation.live(WHILE);
    }

    private static void pod(User user, String name, String node) {
        user.create(
                PodKind.KIND,
                name,
                "{\"nodeName\":\"" + node
                        + "\",\"containers\":[{\"name\":\"c\",\"image\":\"a\"}],\"volumes\":[{\"name\":"
                        + "\"v\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}}]}");
    }

    private void inUse(String names) {
        simulation.then(
                user -> user.patch(NodeKind.KIND, "n1/status", "{\"status\":{\"volumesInUse\":[" + names + "]}}"));
        simulation.live(WHILE);
    }

    private List<String> attachedTo() {
        return texts(VolumeAttachmentKind.KIND, "spec", "nodeName");
    }

    private List<String> reported() {
        return simulation.api.all(NodeKind.KIND).stream()
                .flatMap(node -> node.path("status").path("volumesAttached").valueStream())
                .map(volume -> volume.path("name").asString(""))
                .toList();
    }

    private List<String> texts(Kind<?> kind, String part, String field) {
        return simulation.api.all(kind).stream()
                .map(object -> object.path(part).path(field).asString(""))
                .toList();
    }

    @Test
    void aVolumeGoesWhereItsPodIsAndNotBeforeItsFormerNodeIsDoneWithIt() {
        claimed("{}");
        assertEquals(List.of("n1"), attachedTo());
        assertEquals(List.of(), reported());
        simulation.then(user -> user.patch(
                VolumeAttachmentKind.KIND,
                CsiNames.attachment("d", "h", "n1") + "/status",
                "{\"status\":{\"attached\":true}}"));
        inUse("\"" + UNIQUE + "\"");
        assertEquals(List.of(UNIQUE), reported());
        simulation.then(user -> pod(user, "q", "n2")).then(user -> user.delete(PodKind.KIND, "p", "Background"));
        simulation.live(WHILE);
        assertEquals(List.of("n1"), attachedTo());
        inUse("");
        assertEquals(List.of("n2"), attachedTo());
        assertEquals(List.of(), reported());
    }

    @Test
    void aDriverThatNeedsNoAttachingGetsNone() {
        claimed("{\"attachRequired\":false}");
        assertEquals(List.of(), attachedTo());
    }
}
