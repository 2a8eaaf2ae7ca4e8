package io.gantry.api.core.v1.endpoints;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Endpoints kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Endpoints", model = "V1Endpoints")
public record Endpoints(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @ListType(ListType.Kind.ATOMIC) List<EndpointSubset> subsets)
        implements KubernetesObject {
    public Endpoints {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        subsets = Copies.list(subsets);
    }
}
