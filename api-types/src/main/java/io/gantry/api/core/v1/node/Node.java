package io.gantry.api.core.v1.node;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The Node kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Node", model = "V1Node")
public record Node(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Default("{}") NodeSpec spec,
        @Default("{}") NodeStatus status)
        implements KubernetesObject {
    public Node {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? NodeSpecBuilder.builder().build() : spec;
        status = status == null ? NodeStatusBuilder.builder().build() : status;
    }
}
