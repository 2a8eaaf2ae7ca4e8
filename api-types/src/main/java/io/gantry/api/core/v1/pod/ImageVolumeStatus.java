package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `ImageVolumeStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ImageVolumeStatus", model = "V1ImageVolumeStatus")
public record ImageVolumeStatus(@Required @Written(false) String imageRef) {}
