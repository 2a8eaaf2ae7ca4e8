package io.gantry.api.core.v1.podtemplate;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// The PodTemplate kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodTemplate", model = "V1PodTemplate")
public record PodTemplate(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Written @Nullable PodTemplateSpec template)
        implements KubernetesObject {
    public PodTemplate {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
