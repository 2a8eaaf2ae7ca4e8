package io.gantry.api.core.v1.binding;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// The Binding kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Binding", model = "V1Binding")
public record Binding(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required @Written ObjectReference target)
        implements KubernetesObject {
    public Binding {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
