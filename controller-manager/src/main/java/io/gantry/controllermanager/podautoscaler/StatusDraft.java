package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerCondition;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerStatus;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricStatus;
import io.gantry.controllermanager.podautoscaler.SizeLimits.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of an autoscaler as it becomes. Used by one thread.
final class StatusDraft {
    static final String ABLE = "AbleToScale";
    static final String ACTIVE = "ScalingActive";
    static final String LIMITED = "ScalingLimited";

    private final HorizontalPodAutoscalerStatus before;
    private final Instant now;
    private final List<HorizontalPodAutoscalerCondition> conditions;
    private HorizontalPodAutoscalerStatus status;

    StatusDraft(HorizontalPodAutoscalerStatus before, Instant now) {
        this.before = before;
        this.now = now;
        this.status = before;
        this.conditions = new ArrayList<>(before.conditions());
    }

    /// The time of the last change stays while the status does.
    void condition(String type, boolean met, String reason, String message) {
        String value = met ? "True" : "False";
        for (int i = 0; i < conditions.size(); i++) {
            HorizontalPodAutoscalerCondition known = conditions.get(i);
            if (known.type().equals(type)) {
                Instant since = value.equals(known.status()) ? known.lastTransitionTime() : now;
                conditions.set(i, new HorizontalPodAutoscalerCondition(type, value, since, reason, message));
                return;
            }
        }
        conditions.add(new HorizontalPodAutoscalerCondition(type, value, now, reason, message));
    }

    void condition(String type, boolean met, Words words) {
        condition(type, met, words.reason(), words.message());
    }

    /// The scale could not be read: nothing else is known.
    void unread(String failure) {
        condition(
                ABLE,
                false,
                "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: " + failure);
    }

    /// @param desired the size that was asked for; what was asked before where nothing is said
    void sizes(int current, @Nullable Integer desired, List<MetricStatus> metrics, boolean scaled) {
        status = new HorizontalPodAutoscalerStatus(
                null,
                scaled ? now : before.lastScaleTime(),
                current,
                desired == null ? before.desiredReplicas() : desired,
                metrics,
                List.of());
    }

    HorizontalPodAutoscalerStatus status() {
        return new HorizontalPodAutoscalerStatus(
                status.observedGeneration(),
                status.lastScaleTime(),
                status.currentReplicas(),
                status.desiredReplicas() == null ? Integer.valueOf(0) : status.desiredReplicas(),
                status.currentMetrics(),
                conditions);
    }
}
