package io.gantry.api.storage.v1.volumeattributesclass;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `VolumeAttributesClass` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class VolumeAttributesClassKind implements KindDefinition<VolumeAttributesClass> {
    public static final Kind<VolumeAttributesClass> KIND = new Kind<>(
            VolumeAttributesClass.class,
            "storage.k8s.io",
            "v1",
            "VolumeAttributesClass",
            "volumeattributesclasses",
            false,
            List.of("vac"),
            List.of());

    @Override
    public Kind<VolumeAttributesClass> kind() {
        return KIND;
    }

    @Override
    public KindRules<VolumeAttributesClass> rules() {
        return new VolumeAttributesClassRules();
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
                                + (c.path("metadata")
                                                .path("annotations")
                                                .path("storageclass.kubernetes.io/is-default-class")
                                                .asString("")
                                                .equals("true")
                                        ? " (default)"
                                        : "")),
                Column.text("DriverName", "The driver.", Cells.text("driverName")),
                Column.age());
    }
}
