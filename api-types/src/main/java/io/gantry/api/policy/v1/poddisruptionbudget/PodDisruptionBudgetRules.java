package io.gantry.api.policy.v1.poddisruptionbudget;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Conditions;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.StatusCounts;
import tools.jackson.databind.JsonNode;

/// Rules of PodDisruptionBudgets (upstream `ValidatePodDisruptionBudgetSpec`).
public final class PodDisruptionBudgetRules implements KindRules<PodDisruptionBudget> {
    @Override
    public void validate(PodDisruptionBudget object, FieldErrors errors) {
        PodDisruptionBudgetSpec spec = object.spec();
        if (spec.minAvailable() != null && spec.maxUnavailable() != null) {
            errors.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
        }
        Numbers.nonNegativeOrPercent(spec.minAvailable(), "spec.minAvailable", errors);
        Numbers.notMoreThan100Percent(spec.minAvailable(), "spec.minAvailable", errors);
        Numbers.nonNegativeOrPercent(spec.maxUnavailable(), "spec.maxUnavailable", errors);
        Numbers.notMoreThan100Percent(spec.maxUnavailable(), "spec.maxUnavailable", errors);
        LabelValidation.selector(spec.selector(), "spec.selector", errors);
    }

    @Override
    public boolean checksStatus() {
        return true;
    }

    @Override
    public void validateStatusUpdate(PodDisruptionBudget object, PodDisruptionBudget old, FieldErrors errors) {
        Conditions.check(object.status().conditions(), "status.conditions", errors);
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        StatusCounts.of(object, errors)
                .nonNegative("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");
    }
}
