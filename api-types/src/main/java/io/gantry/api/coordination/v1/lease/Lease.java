package io.gantry.api.coordination.v1.lease;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The Lease kind of `coordination.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.coordination.v1.Lease", model = "V1Lease")
public record Lease(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Default("{}") LeaseSpec spec) implements KubernetesObject {
    public Lease {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? LeaseSpecBuilder.builder().build() : spec;
    }
}
