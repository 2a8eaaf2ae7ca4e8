package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The ResourceSlice kind of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourceSlice", model = "V1ResourceSlice")
public record ResourceSlice(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required ResourceSliceSpec spec) implements KubernetesObject {
    public ResourceSlice {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ResourceSliceSpecBuilder.builder().build() : spec;
    }
}
