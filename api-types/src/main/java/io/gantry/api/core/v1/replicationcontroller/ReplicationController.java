package io.gantry.api.core.v1.replicationcontroller;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The ReplicationController kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ReplicationController", model = "V1ReplicationController")
public record ReplicationController(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        ReplicationControllerSpec spec,
        @Default("{}") ReplicationControllerStatus status)
        implements KubernetesObject {
    public ReplicationController {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ReplicationControllerSpecBuilder.builder().build() : spec;
        status = status == null ? ReplicationControllerStatusBuilder.builder().build() : status;
    }
}
