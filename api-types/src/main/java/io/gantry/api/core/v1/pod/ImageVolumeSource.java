package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `ImageVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ImageVolumeSource", model = "V1ImageVolumeSource")
public record ImageVolumeSource(
        @Nullable String reference,

        @OneOf({"Always", "Never", "IfNotPresent"}) @Nullable
        String pullPolicy) {}
