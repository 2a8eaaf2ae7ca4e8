package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.storage.v1.volumeattributesclass.VolumeAttributesClassKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Small notes that controllers put on objects, with all controllers.
class NodeNotesConformanceTest {
    private final Simulation simulation = new Simulation(3);

    @Test
    void nodesTellForHowLongSecretsMayBeKept() {
        simulation.then(user -> user.node("n1"));
        simulation.live(Duration.ofMinutes(1));
        assertEquals(
                "0",
                simulation
                        .api
                        .all(NodeKind.KIND)
                        .getFirst()
                        .path("metadata")
                        .path("annotations")
                        .path("node.alpha.kubernetes.io/ttl")
                        .asString(""));
    }

    @Test
    void anAttributesClassStaysUntilNoClaimNamesIt() {
        simulation
                .then(user -> user.make(
                        VolumeAttributesClassKind.KIND, "gold", ",\"driverName\":\"d\",\"parameters\":{\"a\":\"b\"}"))
                .then(
                        user -> user.create(
                                PersistentVolumeClaimKind.KIND,
                                "c",
                                "{\"accessModes\":[\"ReadWriteOnce\"],\"storageClassName\":\"none\","
                                        + "\"volumeAttributesClassName\":\"gold\",\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}"));
        simulation.live(Duration.ofMinutes(1));
        simulation.then(user -> user.delete(VolumeAttributesClassKind.KIND, "gold", "Background"));
        simulation.live(Duration.ofMinutes(1));
        assertEquals(1, simulation.api.all(VolumeAttributesClassKind.KIND).size());
        simulation.then(user -> user.delete(PersistentVolumeClaimKind.KIND, "c", "Background"));
        simulation.live(Duration.ofMinutes(1));
        assertEquals(0, simulation.api.all(VolumeAttributesClassKind.KIND).size());
    }
}
