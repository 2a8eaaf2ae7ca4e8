package io.gantry.api.apps.v1.deployment;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The Deployment kind of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.Deployment", model = "V1Deployment")
public record Deployment(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        DeploymentSpec spec,
        @Default("{}") DeploymentStatus status)
        implements KubernetesObject {
    public Deployment {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? DeploymentSpecBuilder.builder().build() : spec;
        status = status == null ? DeploymentStatusBuilder.builder().build() : status;
    }
}
