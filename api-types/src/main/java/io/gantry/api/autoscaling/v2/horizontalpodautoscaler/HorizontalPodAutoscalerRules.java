package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import static io.gantry.api.validation.References.text;

import io.gantry.api.autoscaling.ScaleTarget;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import io.gantry.api.validation.StatusCounts;
import io.gantry.api.validation.Trees;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of autoscalers in their stored version (upstream `pkg/apis/autoscaling/validation`).
public final class HorizontalPodAutoscalerRules implements KindRules<HorizontalPodAutoscaler> {
    private static final int CPU_UTILIZATION = 80;
    /// Where version 1 keeps what it cannot say; they mean nothing here.
    private static final List<String> OF_VERSION_1 = Stream.of(
                    "metrics",
                    "current-metrics",
                    "conditions",
                    "behavior",
                    "scale-down-tolerance",
                    "scale-up-tolerance")
            .map("autoscaling.alpha.kubernetes.io/"::concat)
            .toList();

    private static final int MAX_STABILIZATION_SECONDS = 3600;
    private static final int MAX_PERIOD_SECONDS = 1800;

    @Override
    public void defaults(ObjectNode object) {
        if (object.path("metadata").get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(OF_VERSION_1);
        }
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
        Trees.defaultPointer(up, "selectPolicy", "Max");
        if (!up.has("policies")) {
            ArrayNode policies = up.putArray("policies");
            policies.addObject().put("type", "Pods").put("value", 4).put("periodSeconds", 15);
            policies.addObject().put("type", "Percent").put("value", 100).put("periodSeconds", 15);
        }
        ObjectNode down = Trees.child(behavior, "scaleDown");
        Trees.defaultPointer(down, "selectPolicy", "Max");
        if (!down.has("policies")) {
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
        sizes(spec.minReplicas(), spec.maxReplicas(), errors);
        boolean couldBeZero = spec.metrics().stream()
                .anyMatch(metric -> "Object".equals(metric.type()) || "External".equals(metric.type()));
        if (spec.minReplicas() != null && spec.minReplicas() == 0 && !couldBeZero) {
            errors.forbidden(
                    "spec.metrics",
                    "must specify at least one Object or External metric to support scaling to zero replicas");
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

    @Override
    public void validateCreate(HorizontalPodAutoscaler object, FieldErrors errors) {
        target(object).ifPresent(target -> target.validate(errors));
    }

    @Override
    public void validateUpdate(HorizontalPodAutoscaler object, HorizontalPodAutoscaler old, FieldErrors errors) {
        if (!target(object).equals(target(old))) {
            validateCreate(object, errors);
        }
    }

    private static Optional<ScaleTarget> target(HorizontalPodAutoscaler object) {
        return Optional.ofNullable(object.spec().scaleTargetRef())
                .map(target -> ScaleTarget.of(target.kind(), target.apiVersion()));
    }

    /// Of both versions.
    public static void sizes(@Nullable Integer least, @Nullable Integer most, FieldErrors errors) {
        int max = most == null ? 0 : most;
        if (least != null && least < 1) {
            errors.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
        }
        if (max == 0) {
            errors.required("spec.maxReplicas", "must be set and greater than 0");
        } else if (max < 0) {
            errors.invalid("spec.maxReplicas", max, "must be greater than or equal to 1");
        }
        if (least != null && max < least) {
            errors.invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`");
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
        if (rules.tolerance() != null && rules.tolerance().amount().signum() < 0) {
            errors.invalid(path + ".tolerance", rules.tolerance(), "must be greater than or equal to 0");
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

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        StatusCounts.of(object, errors).nonNegative("currentReplicas", "desiredReplicas");
    }
}
