package io.gantry.api.apps.v1.deployment;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `DeploymentSpec` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DeploymentSpec", model = "V1DeploymentSpec")
public record DeploymentSpec(
        @Format("int32") @Default("1") @Nullable Integer replicas,
        @Required LabelSelector selector,
        @Required @Written PodTemplateSpec template,

        @PatchStrategy(value = "retainKeys") @Written @Nullable
        DeploymentStrategy strategy,

        @Format("int32") @Nullable Integer minReadySeconds,
        @Format("int32") @Default("10") @Nullable Integer revisionHistoryLimit,
        @Nullable Boolean paused,
        @Format("int32") @Default("600") @Nullable Integer progressDeadlineSeconds) {}
