package io.gantry.api.scheduling.v1.priorityclass;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// The PriorityClass kind of `scheduling.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.scheduling.v1.PriorityClass", model = "V1PriorityClass")
public record PriorityClass(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Format("int32") @Written @Nullable Integer value,
        @Nullable Boolean globalDefault,
        @Nullable String description,

        @OneOf(
                value = {"PreemptLowerPriority", "Never"},
                byRules = true)
        @Default("\"PreemptLowerPriority\"")
        @Nullable
        String preemptionPolicy)
        implements KubernetesObject {
    public PriorityClass {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
