package io.gantry.api.node.v1.runtimeclass;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The RuntimeClass kind of `node.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.node.v1.RuntimeClass", model = "V1RuntimeClass")
public record RuntimeClass(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required String handler,
        @Nullable Overhead overhead,
        @Nullable Scheduling scheduling)
        implements KubernetesObject {
    public RuntimeClass {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
