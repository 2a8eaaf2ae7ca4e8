package io.gantry.api.core.v1.podtemplate;

import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;

/// `PodTemplateSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodTemplateSpec", model = "V1PodTemplateSpec")
public record PodTemplateSpec(@Default("{}") ObjectMeta metadata, PodSpec spec) {
    public PodTemplateSpec {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? PodSpecBuilder.builder().build() : spec;
    }
}
