package io.gantry.api.autoscaling.v1.horizontalpodautoscaler;

import io.gantry.api.autoscaling.ScaleTarget;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import io.gantry.api.validation.StatusCounts;
import io.gantry.api.validation.Trees;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of autoscalers in version 1, which knows only cpu.
public final class HorizontalPodAutoscalerRules implements KindRules<HorizontalPodAutoscaler> {
    private static final int CPU_UTILIZATION = 80;
    private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";

    @Override
    public void defaults(ObjectNode object) {
        Trees.object(object, "spec").ifPresent(spec -> {
            Trees.defaultNumber(spec, "minReplicas", 1);
            boolean other = object.path("metadata").path("annotations").has(METRICS);
            if (!other) {
                Trees.defaultNumber(spec, "targetCPUUtilizationPercentage", CPU_UTILIZATION);
            }
        });
    }

    @Override
    public void validate(HorizontalPodAutoscaler object, FieldErrors errors) {
        HorizontalPodAutoscalerSpec spec = object.spec();
        io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerRules.sizes(
                spec.minReplicas(), spec.maxReplicas(), errors);
        Integer utilization = spec.targetCPUUtilizationPercentage();
        if (utilization != null && utilization < 1) {
            // where version 2, in which it is checked, has it
            errors.invalid("spec.metrics[0].resource.target.averageUtilization", utilization, "must be greater than 0");
        }
        if (spec.scaleTargetRef() == null) {
            return;
        }
        String path = "spec.scaleTargetRef";
        References.requiredFormat(spec.scaleTargetRef().kind(), Names::pathSegment, path + ".kind", errors);
        References.requiredFormat(spec.scaleTargetRef().name(), Names::pathSegment, path + ".name", errors);
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

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        StatusCounts.of(object, errors).nonNegative("currentReplicas", "desiredReplicas");
    }
}
