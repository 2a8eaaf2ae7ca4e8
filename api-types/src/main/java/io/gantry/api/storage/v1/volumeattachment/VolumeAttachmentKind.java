package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import java.util.List;
import java.util.Set;

/// Declares the `VolumeAttachment` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class VolumeAttachmentKind implements KindDefinition<VolumeAttachment> {
    public static final Kind<VolumeAttachment> KIND = new Kind<>(
            VolumeAttachment.class,
            "storage.k8s.io",
            "v1",
            "VolumeAttachment",
            "volumeattachments",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<VolumeAttachment> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<VolumeAttachment> rules() {
        return new VolumeAttachmentRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("Attacher", "string", "name", 0, "Who attaches.", Cells.text("spec.attacher")),
                Column.text("PV", "The volume.", Cells.text("spec.source.persistentVolumeName")),
                Column.text("Node", "The node.", Cells.text("spec.nodeName")),
                new Column("Attached", "boolean", "", 0, "Whether it is attached.", Cells.bool("status.attached")),
                Column.age());
    }
}
