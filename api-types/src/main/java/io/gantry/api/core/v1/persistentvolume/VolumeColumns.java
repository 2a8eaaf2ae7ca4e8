package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.kind.Column;
import io.gantry.api.printer.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The columns of volumes and claims (upstream `printPersistentVolume`, `printPersistentVolumeClaim`).
public final class VolumeColumns {
    private static final Map<String, String> MODES = Map.of(
            "ReadWriteOnce", "RWO",
            "ReadOnlyMany", "ROX",
            "ReadWriteMany", "RWX",
            "ReadWriteOncePod", "RWOP");
    private static final List<String> MODE_ORDER =
            List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");

    private VolumeColumns() {}

    static List<Column> volumes() {
        return List.of(
                Column.text("Capacity", "How much it holds.", Cells.text("spec.capacity.storage")),
                Column.text("Access Modes", "How it may be mounted.", (v, now) -> modes(v.path("spec"))),
                Column.text("Reclaim Policy", "What becomes of it.", Cells.text("spec.persistentVolumeReclaimPolicy")),
                Column.text("Status", "The state of the volume.", (v, now) -> phase(v)),
                Column.text("Claim", "Who claims it.", (v, now) -> claim(v)),
                Column.text("StorageClass", "The class of storage.", (v, now) -> storageClass(v)),
                Column.text(
                        "VolumeAttributesClass",
                        "The class of attributes.",
                        Cells.text("spec.volumeAttributesClassName", Cells.UNSET)),
                Column.text("Reason", "Why it is in its state.", Cells.text("status.reason")),
                Column.age(),
                Column.text("VolumeMode", "Filesystem or Block.", Cells.text("spec.volumeMode", Cells.UNSET))
                        .wide());
    }

    /// Columns of PersistentVolumeClaims.
    public static List<Column> claims() {
        return List.of(
                Column.text("Status", "The state of the claim.", (c, now) -> phase(c)),
                Column.text("Volume", "The volume that it has.", Cells.text("spec.volumeName")),
                Column.text(
                        "Capacity",
                        "How much it holds.",
                        (c, now) -> bound(c) ? Cells.textAt(c, "status.capacity.storage", "0") : ""),
                Column.text(
                        "Access Modes", "How it may be mounted.", (c, now) -> bound(c) ? modes(c.path("status")) : ""),
                Column.text("StorageClass", "The class of storage.", (c, now) -> storageClass(c)),
                Column.text(
                        "VolumeAttributesClass",
                        "The class of attributes.",
                        Cells.text("spec.volumeAttributesClassName", Cells.UNSET)),
                Column.age(),
                Column.text("VolumeMode", "Filesystem or Block.", Cells.text("spec.volumeMode", Cells.UNSET))
                        .wide());
    }

    private static boolean bound(JsonNode claim) {
        return !Cells.textAt(claim, "spec.volumeName", "").isEmpty();
    }

    private static String phase(JsonNode object) {
        return object.path("metadata").path("deletionTimestamp").isString()
                ? "Terminating"
                : Cells.textAt(object, "status.phase", "");
    }

    private static String claim(JsonNode volume) {
        JsonNode claim = volume.path("spec").path("claimRef");
        return claim.isObject()
                ? claim.path("namespace").asString("") + "/"
                        + claim.path("name").asString("")
                : "";
    }

    private static String storageClass(JsonNode object) {
        JsonNode annotation = object.path("metadata").path("annotations").path(StorageClassNames.BETA);
        return annotation.isString() ? annotation.stringValue() : Cells.textAt(object, "spec.storageClassName", "");
    }

    private static String modes(JsonNode parent) {
        List<String> given = new ArrayList<>();
        parent.path("accessModes").forEach(m -> given.add(m.asString("")));
        return String.join(
                ",", MODE_ORDER.stream().filter(given::contains).map(MODES::get).toList());
    }
}
