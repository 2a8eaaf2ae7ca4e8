package io.gantry.controllermanager.podautoscaler;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HPAScalingPolicy;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HPAScalingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How fast a scale may change in one direction, with what the API's defaults would say where nothing is said.
///
/// @param window in which recommendations count
/// @param select `Max`, `Min` or `Disabled`
record ScalingRules(Duration window, String select, List<HPAScalingPolicy> policies) {
    static final List<HPAScalingPolicy> UP =
            List.of(new HPAScalingPolicy("Pods", 4, 15), new HPAScalingPolicy("Percent", 100, 15));
    static final List<HPAScalingPolicy> DOWN = List.of(new HPAScalingPolicy("Percent", 100, 15));

    static ScalingRules of(@Nullable HPAScalingRules rules, Duration window, List<HPAScalingPolicy> policies) {
        if (rules == null) {
            return new ScalingRules(window, "Max", policies);
        }
        String select = text(rules.selectPolicy());
        return new ScalingRules(
                rules.stabilizationWindowSeconds() == null
                        ? window
                        : Duration.ofSeconds(rules.stabilizationWindowSeconds()),
                select.isEmpty() ? "Max" : select,
                rules.policies().isEmpty() ? policies : rules.policies());
    }

    /// The greatest size that may be reached now. Upstream `calculateScaleUpLimitWithScalingRules`.
    int highest(int current, ScaleHistory history, Instant now) {
        if (select.equals("Disabled")) {
            return current;
        }
        boolean least = select.equals("Min");
        long result = least ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        for (HPAScalingPolicy policy : policies) {
            long start = start(current, policy, history, now);
            long proposed = policy.type().equals("Pods")
                    ? start + number(policy.value())
                    : (long) Math.ceil(start * (1 + number(policy.value()) / 100.0));
            result = least ? Math.min(result, proposed) : Math.max(result, proposed);
        }
        return Math.clamp(result, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// The smallest size that may be reached now. Upstream `calculateScaleDownLimitWithBehaviors`.
    int lowest(int current, ScaleHistory history, Instant now) {
        if (select.equals("Disabled")) {
            return current;
        }
        boolean least = select.equals("Min");
        long result = least ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        for (HPAScalingPolicy policy : policies) {
            long start = start(current, policy, history, now);
            long proposed = policy.type().equals("Pods")
                    ? start - number(policy.value())
                    : (long) (start * (1 - number(policy.value()) / 100.0));
            result = least ? Math.max(result, proposed) : Math.min(result, proposed);
        }
        return Math.clamp(result, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// The size at the beginning of the policy's period.
    private static long start(int current, HPAScalingPolicy policy, ScaleHistory history, Instant now) {
        return current - history.changed(Duration.ofSeconds(number(policy.periodSeconds())), now);
    }
}
