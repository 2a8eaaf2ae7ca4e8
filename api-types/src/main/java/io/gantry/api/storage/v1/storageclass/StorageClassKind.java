package io.gantry.api.storage.v1.storageclass;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `StorageClass` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class StorageClassKind implements KindDefinition<StorageClass> {
    public static final Kind<StorageClass> KIND = new Kind<>(
            StorageClass.class,
            "storage.k8s.io",
            "v1",
            "StorageClass",
            "storageclasses",
            false,
            List.of("sc"),
            List.of());

    @Override
    public Kind<StorageClass> kind() {
        return KIND;
    }

    @Override
    public KindRules<StorageClass> rules() {
        return new StorageClassRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "Name",
                        "string",
                        "name",
                        0,
                        "Name of the class, and whether it is the default.",
                        (c, now) -> c.path("metadata").path("name").asString("")
                                + (StorageClasses.isDefault(c) ? " (default)" : "")),
                Column.text("Provisioner", "Who makes the volumes.", Cells.text("provisioner")),
                Column.text("ReclaimPolicy", "What becomes of volumes.", Cells.text("reclaimPolicy", "Delete")),
                Column.text(
                        "VolumeBindingMode", "When volumes are made.", Cells.text("volumeBindingMode", Cells.UNSET)),
                Column.text("AllowVolumeExpansion", "Whether volumes may grow.", Cells.bool("allowVolumeExpansion")),
                Column.age());
    }
}
