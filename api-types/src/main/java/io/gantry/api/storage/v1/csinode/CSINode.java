package io.gantry.api.storage.v1.csinode;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The CSINode kind of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.CSINode", model = "V1CSINode")
public record CSINode(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required(byRules = true) CSINodeSpec spec)
        implements KubernetesObject {
    public CSINode {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? CSINodeSpecBuilder.builder().build() : spec;
    }
}
