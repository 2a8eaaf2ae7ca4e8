package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `VolumeAttachmentSpec` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.VolumeAttachmentSpec", model = "V1VolumeAttachmentSpec")
public record VolumeAttachmentSpec(
        @Required String attacher,
        @Required @Written VolumeAttachmentSource source,
        @Required String nodeName) {}
