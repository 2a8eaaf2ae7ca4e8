package io.gantry.api.core.v1.pod;

import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `PersistentVolumeClaimTemplate` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PersistentVolumeClaimTemplate", model = "V1PersistentVolumeClaimTemplate")
public record PersistentVolumeClaimTemplate(
        ObjectMeta metadata, @Required PersistentVolumeClaimSpec spec) {
    public PersistentVolumeClaimTemplate {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? PersistentVolumeClaimSpecBuilder.builder().build() : spec;
    }
}
