package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import io.gantry.api.validation.Trees;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of autoscalers in their stored version (upstream `pkg/apis/autoscaling/validation`).
public final class HorizontalPodAutoscalerRules implements KindRules<HorizontalPodAutoscaler> {
    private static final int CPU_UTILIZATION = 80;
    private static final int MAX_STABILIZATION_SECONDS = 3600;
    private static final int MAX_PERIOD_SECONDS = 1800;

    @Override
    public void defaults(ObjectNode object) {
        Trees.object(object, "spec").ifPresent(spec -> {
            Trees.defaultNumber(spec, "minReplicas", 1);
            if (spec.path("metrics").isEmpty()) {
                ObjectNode metric = spec.putArray("metrics").addObject();
                metric.put("type", "Resource");
                ObjectNode resource = metric.putObject("resource");
                resource.put("name", "cpu");
                resource.putObject("target").put("type", "Utilization").put("averageUtilization", CPU_UTILIZATION);
            }
            Trees.object(spec, "behavior").ifPresent(HorizontalPodAutoscalerRules::behavior);
        });
    }

    private static void behavior(ObjectNode behavior) {
        ObjectNode up = Trees.child(behavior, "scaleUp");
        Trees.defaultNumber(up, "stabilizationWindowSeconds", 0);
        Trees.defaultText(up, "selectPolicy", "Max");
        if (up.path("policies").isEmpty()) {
            ArrayNode policies = up.putArray("policies");
            policies.addObject().put("type", "Pods").put("value", 4).put("periodSeconds", 15);
            policies.addObject().put("type", "Percent").put("value", 100).put("periodSeconds", 15);
        }
        ObjectNode down = Trees.child(behavior, "scaleDown");
        Trees.defaultText(down, "selectPolicy", "Max");
        if (down.path("policies").isEmpty()) {
            down.putArray("policies")
                    .addObject()
                    .put("type", "Percent")
                    .put("value", 100)
                    .put("periodSeconds", 15);
        }
    }

    @Override
    public void validate(HorizontalPodAutoscaler object, FieldErrors errors) {
        HorizontalPodAutoscalerSpec spec = object.spec();
        int max = spec.maxReplicas() == null ? 0 : spec.maxReplicas();
        if (spec.minReplicas() != null && spec.minReplicas() < 1) {
            errors.invalid("spec.minReplicas", spec.minReplicas(), "must be greater than or equal to 1");
        }
        if (max < 1) {
            errors.invalid("spec.maxReplicas", max, "must be greater than 0");
        }
        if (spec.minReplicas() != null && max < spec.minReplicas()) {
            errors.invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`");
        }
        target(spec.scaleTargetRef(), errors);
        for (int i = 0; i < spec.metrics().size(); i++) {
            MetricValidation.check(spec.metrics().get(i), "spec.metrics[" + i + "]", errors);
        }
        if (spec.behavior() != null) {
            rules(spec.behavior().scaleUp(), "spec.behavior.scaleUp", errors);
            rules(spec.behavior().scaleDown(), "spec.behavior.scaleDown", errors);
        }
    }

    private static void target(@Nullable CrossVersionObjectReference target, FieldErrors errors) {
        if (target != null) {
            String path = "spec.scaleTargetRef";
            References.requiredFormat(target.kind(), Names::pathSegment, path + ".kind", errors);
            References.requiredFormat(target.name(), Names::pathSegment, path + ".name", errors);
        }
    }

    private static void rules(@Nullable HPAScalingRules rules, String path, FieldErrors errors) {
        if (rules == null) {
            return;
        }
        Integer window = rules.stabilizationWindowSeconds();
        if (window != null && window < 0) {
            errors.invalid(path + ".stabilizationWindowSeconds", window, "must be greater than or equal to zero");
        }
        if (window != null && window > MAX_STABILIZATION_SECONDS) {
            errors.invalid(
                    path + ".stabilizationWindowSeconds",
                    window,
                    "must be less than or equal to " + MAX_STABILIZATION_SECONDS);
        }
        if (rules.selectPolicy() != null) {
            References.oneOf(rules.selectPolicy(), List.of("Disabled", "Max", "Min"), path + ".selectPolicy", errors);
        }
        if (rules.policies().isEmpty()) {
            errors.required(path + ".policies", "must specify at least one Policy");
        }
        for (int i = 0; i < rules.policies().size(); i++) {
            policy(rules.policies().get(i), path + ".policies[" + i + "]", errors);
        }
    }

    private static void policy(HPAScalingPolicy policy, String at, FieldErrors errors) {
        References.oneOf(text(policy.type()), List.of("Percent", "Pods"), at + ".type", errors);
        int value = policy.value() == null ? 0 : policy.value();
        int period = policy.periodSeconds() == null ? 0 : policy.periodSeconds();
        if (value <= 0) {
            errors.invalid(at + ".value", value, "must be greater than zero");
        }
        if (period <= 0) {
            errors.invalid(at + ".periodSeconds", period, "must be greater than zero");
        }
        if (period > MAX_PERIOD_SECONDS) {
            errors.invalid(at + ".periodSeconds", period, "must be less than or equal to " + MAX_PERIOD_SECONDS);
        }
    }
}
