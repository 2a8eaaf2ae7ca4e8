package io.gantry.controllermanager.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeBuilder;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeBuilder;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeStatusBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalVolumesTest {
    private static final PersistentVolumeClaim CLAIM = VolumeWords.claim("c size=3 class=standard node=n");

    private static Node node(Map<String, String> annotations) {
        return NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("n")
                        .labels(Map.of(LocalVolumes.HOSTNAME, "host-n"))
                        .annotations(annotations)
                        .build())
                .build();
    }

    private static PersistentVolume inPhase(PersistentVolume volume, String phase) {
        return PersistentVolumeBuilder.builder(volume)
                .status(PersistentVolumeStatusBuilder.builder().phase(phase).build())
                .build();
    }

    @Test
    void aVolumeIsADirectoryOfItsNodeAndReserved() {
        PersistentVolume volume =
                LocalVolumes.volume(CLAIM, LocalVolumes.standard(), node(Map.of(LocalVolumes.DIRECTORY, "/data")));
        assertEquals("/data/pvc-c", volume.spec().local().path());
        assertEquals("host-n", LocalVolumes.hostname(volume));
        assertEquals("Delete", volume.spec().persistentVolumeReclaimPolicy());
        assertEquals(List.of(LocalVolumes.FINALIZER), volume.metadata().finalizers());
        assertTrue(Volumes.isReservedFor(volume, CLAIM));
    }

    @Test
    void aNodeThatSaysNoDirectoryIsRefused() {
        assertTrue(LocalVolumes.refusal(CLAIM, node(Map.of())).isPresent());
        assertTrue(LocalVolumes.refusal(VolumeWords.claim("c mode=Block"), node(Map.of(LocalVolumes.DIRECTORY, "/d")))
                .isPresent());
        assertTrue(LocalVolumes.refusal(CLAIM, node(Map.of(LocalVolumes.DIRECTORY, "/d")))
                .isEmpty());
    }

    @Test
    void onlyReleasedVolumesOfTheNodeAreOrderedRemoved() {
        Node node = node(Map.of(LocalVolumes.DIRECTORY, "/data", LocalVolumes.REMOVED, "pvc-c,pvc-x"));
        PersistentVolume volume = LocalVolumes.volume(CLAIM, LocalVolumes.standard(), node);
        assertEquals("", LocalVolumes.toRemove(node, List.of(inPhase(volume, "Bound"))));
        assertEquals("pvc-c", LocalVolumes.toRemove(node, List.of(inPhase(volume, "Released"))));
        assertTrue(LocalVolumes.isRemoved(volume, node));
        assertFalse(LocalVolumes.isRemoved(VolumeWords.volume("pvc"), node));
    }
}
