package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
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
}
