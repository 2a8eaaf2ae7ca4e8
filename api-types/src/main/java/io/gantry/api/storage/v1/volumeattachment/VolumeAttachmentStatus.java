package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `VolumeAttachmentStatus` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.VolumeAttachmentStatus", model = "V1VolumeAttachmentStatus")
public record VolumeAttachmentStatus(
        @Required Boolean attached,
        Map<String, String> attachmentMetadata,
        @Nullable VolumeError attachError,
        @Nullable VolumeError detachError) {
    public VolumeAttachmentStatus {
        attachmentMetadata = Copies.map(attachmentMetadata);
    }
}
