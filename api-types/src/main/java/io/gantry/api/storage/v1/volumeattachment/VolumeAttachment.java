package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The VolumeAttachment kind of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.VolumeAttachment", model = "V1VolumeAttachment")
public record VolumeAttachment(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required VolumeAttachmentSpec spec,
        @Default("{}") VolumeAttachmentStatus status)
        implements KubernetesObject {
    public VolumeAttachment {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? VolumeAttachmentSpecBuilder.builder().build() : spec;
        status = status == null ? VolumeAttachmentStatusBuilder.builder().build() : status;
    }
}
