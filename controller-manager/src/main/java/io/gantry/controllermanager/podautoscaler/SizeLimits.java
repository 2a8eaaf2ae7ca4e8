package io.gantry.controllermanager.podautoscaler;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerBehavior;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerSpec;
import java.time.Duration;
import java.time.Instant;

/// What of a recommendation may be done now: stabilization, rates and bounds. Pure but for the history, to which the
/// recommendation is added.
final class SizeLimits {
    private static final int FACTOR = 2;
    private static final int FREE = 4;
    private static final String FASTER = "the desired replica count is increasing faster than the maximum scale rate";
    private static final String MORE = "the desired replica count is more than the maximum replica count";
    private static final String FEWER = "the desired replica count is less than the minimum replica count";
    private static final String SLOWER = "the desired replica count is decreasing faster than the maximum scale rate";

    private final HorizontalPodAutoscalerSpec spec;
    private final AutoscalerOptions options;
    private final ScaleHistory history;
    private final Instant now;

    SizeLimits(HorizontalPodAutoscalerSpec spec, AutoscalerOptions options, ScaleHistory history, Instant now) {
        this.spec = spec;
        this.options = options;
        this.history = history;
        this.now = now;
    }

    /// A size with what conditions say of it.
    ///
    /// @param ability reason and message of `AbleToScale`
    /// @param limit reason and message of `ScalingLimited`
    record Allowed(int replicas, Words ability, Words limit, boolean limited) {}

    record Words(String reason, String message) {}

    private record Bound(int replicas, Words words) {}

    static int minimum(HorizontalPodAutoscalerSpec spec) {
        return number(spec.minReplicas(), 1);
    }

    Allowed apply(int current, int recommended) {
        HorizontalPodAutoscalerBehavior behavior = spec.behavior();
        if (behavior == null) {
            int stable = history.highest(recommended, options.downscaleStabilization(), now);
            history.recommend(recommended, now);
            return allowed(recommended, stable, "ScaleDownStabilized", bound(current, stable));
        }
        ScalingRules up = ScalingRules.of(behavior.scaleUp(), Duration.ZERO, ScalingRules.UP);
        ScalingRules down = ScalingRules.of(behavior.scaleDown(), options.downscaleStabilization(), ScalingRules.DOWN);
        int lowest = history.lowest(recommended, up.window(), now);
        int highest = history.highest(recommended, down.window(), now);
        int stable = Math.min(Math.max(current, lowest), highest);
        history.recommend(recommended, now);
        String reason = recommended >= current ? "ScaleUpStabilized" : "ScaleDownStabilized";
        return allowed(recommended, stable, reason, bound(current, stable, up, down));
    }

    private static Allowed allowed(int recommended, int stable, String reason, Bound bound) {
        Words ability = stable == recommended
                ? new Words("ReadyForNewScale", "recommended size matches current size")
                : new Words(
                        reason,
                        reason.equals("ScaleUpStabilized")
                                ? "recent recommendations were lower than current one, applying the lowest recent "
                                        + "recommendation"
                                : "recent recommendations were higher than current one, applying the highest recent "
                                        + "recommendation");
        return new Allowed(bound.replicas(), ability, bound.words(), bound.replicas() != stable);
    }

    /// Without rules: at most twice as many at once.
    private Bound bound(int current, int wanted) {
        int fast = (int) Math.clamp((long) FACTOR * current, FREE, Integer.MAX_VALUE);
        int most = Math.min(number(spec.maxReplicas()), fast);
        if (wanted < minimum(spec)) {
            return new Bound(minimum(spec), new Words("TooFewReplicas", FEWER));
        }
        return wanted > most
                ? new Bound(
                        most,
                        number(spec.maxReplicas()) > fast
                                ? new Words("ScaleUpLimit", FASTER)
                                : new Words("TooManyReplicas", MORE))
                : within(wanted);
    }

    private Bound bound(int current, int wanted, ScalingRules up, ScalingRules down) {
        if (wanted > current) {
            int fast = Math.max(current, up.highest(current, history, now));
            int most = Math.min(number(spec.maxReplicas()), fast);
            if (wanted > most) {
                return new Bound(
                        most,
                        number(spec.maxReplicas()) > fast
                                ? new Words("ScaleUpLimit", FASTER)
                                : new Words("TooManyReplicas", MORE));
            }
        } else if (wanted < current) {
            int slow = Math.min(current, down.lowest(current, history, now));
            int least = Math.max(minimum(spec), slow);
            if (wanted < least) {
                return new Bound(
                        least,
                        minimum(spec) < slow
                                ? new Words("ScaleDownLimit", SLOWER)
                                : new Words("TooFewReplicas", FEWER));
            }
        }
        return within(wanted);
    }

    private static Bound within(int wanted) {
        return new Bound(wanted, new Words("DesiredWithinRange", "the desired count is within the acceptable range"));
    }
}
