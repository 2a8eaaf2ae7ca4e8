package io.gantry.api.policy.v1.poddisruptionbudget;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The PodDisruptionBudget kind of `policy/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.policy.v1.PodDisruptionBudget", model = "V1PodDisruptionBudget")
public record PodDisruptionBudget(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Default("{}") PodDisruptionBudgetSpec spec,
        @Default("{}") PodDisruptionBudgetStatus status)
        implements KubernetesObject {
    public PodDisruptionBudget {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? PodDisruptionBudgetSpecBuilder.builder().build() : spec;
        status = status == null ? PodDisruptionBudgetStatusBuilder.builder().build() : status;
    }
}
