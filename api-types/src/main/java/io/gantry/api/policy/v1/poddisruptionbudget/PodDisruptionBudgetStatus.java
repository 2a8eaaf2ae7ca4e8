package io.gantry.api.policy.v1.poddisruptionbudget;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.Condition;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Written;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PodDisruptionBudgetStatus` of `policy/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.policy.v1.PodDisruptionBudgetStatus", model = "V1PodDisruptionBudgetStatus")
public record PodDisruptionBudgetStatus(
        @Format("int64") @Nullable Long observedGeneration,
        Map<String, Instant> disruptedPods,
        @Default("0") @Format("int32") @Written @Nullable Integer disruptionsAllowed,
        @Default("0") @Format("int32") @Written @Nullable Integer currentHealthy,
        @Default("0") @Format("int32") @Written @Nullable Integer desiredHealthy,
        @Default("0") @Format("int32") @Written @Nullable Integer expectedPods,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<Condition> conditions) {
    public PodDisruptionBudgetStatus {
        disruptedPods = Copies.map(disruptedPods);
        conditions = Copies.list(conditions);
    }
}
