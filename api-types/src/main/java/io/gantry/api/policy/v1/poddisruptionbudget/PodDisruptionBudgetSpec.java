package io.gantry.api.policy.v1.poddisruptionbudget;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import org.jspecify.annotations.Nullable;

/// `PodDisruptionBudgetSpec` of `policy/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.policy.v1.PodDisruptionBudgetSpec", model = "V1PodDisruptionBudgetSpec")
public record PodDisruptionBudgetSpec(
        @Nullable IntOrString minAvailable,
        @PatchStrategy(value = "replace") @Nullable LabelSelector selector,
        @Nullable IntOrString maxUnavailable,
        @OneOf({"IfHealthyBudget", "AlwaysAllow"}) @Nullable String unhealthyPodEvictionPolicy) {}
