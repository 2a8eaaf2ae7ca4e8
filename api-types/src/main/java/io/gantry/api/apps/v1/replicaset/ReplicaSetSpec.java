package io.gantry.api.apps.v1.replicaset;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `ReplicaSetSpec` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.ReplicaSetSpec", model = "V1ReplicaSetSpec")
public record ReplicaSetSpec(
        @Format("int32") @Default("1") @Nullable Integer replicas,
        @Format("int32") @Nullable Integer minReadySeconds,
        @Required LabelSelector selector,
        @Written @Nullable PodTemplateSpec template) {}
