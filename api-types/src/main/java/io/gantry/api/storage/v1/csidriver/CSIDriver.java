package io.gantry.api.storage.v1.csidriver;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The CSIDriver kind of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.CSIDriver", model = "V1CSIDriver")
public record CSIDriver(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required @Default("{}") CSIDriverSpec spec)
        implements KubernetesObject {
    public CSIDriver {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? CSIDriverSpecBuilder.builder().build() : spec;
    }
}
