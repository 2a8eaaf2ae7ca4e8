package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HPAScalingRules;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerBehavior;
import org.jspecify.annotations.Nullable;

/// By which share the use may differ from its target before anything is scaled.
record Tolerances(double down, double up) {
    /// @param otherwise where the autoscaler does not say it
    static Tolerances of(@Nullable HorizontalPodAutoscalerBehavior behavior, double otherwise) {
        return behavior == null
                ? new Tolerances(otherwise, otherwise)
                : new Tolerances(of(behavior.scaleDown(), otherwise), of(behavior.scaleUp(), otherwise));
    }

    private static double of(@Nullable HPAScalingRules rules, double otherwise) {
        return rules == null || rules.tolerance() == null
                ? otherwise
                : rules.tolerance().amount().doubleValue();
    }

    /// @param ratio of the use to its target
    boolean allow(double ratio) {
        return 1.0 - down <= ratio && ratio <= 1.0 + up;
    }
}
