package io.gantry.api.resource.v1.deviceclass;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The DeviceClass kind of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceClass", model = "V1DeviceClass")
public record DeviceClass(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required(byRules = true) @Default("{}") DeviceClassSpec spec)
        implements KubernetesObject {
    public DeviceClass {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? DeviceClassSpecBuilder.builder().build() : spec;
    }
}
