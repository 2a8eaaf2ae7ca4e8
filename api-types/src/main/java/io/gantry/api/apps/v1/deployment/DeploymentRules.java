package io.gantry.api.apps.v1.deployment;

import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.core.v1.podtemplate.WorkloadValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.StatusCounts;
import io.gantry.api.validation.Trees;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of Deployments (upstream `pkg/apis/apps/validation`, `pkg/apis/apps/v1/defaults.go`).
public final class DeploymentRules implements KindRules<Deployment> {
    @Override
    public void defaults(ObjectNode object) {
        Trees.object(object, "spec").ifPresent(spec -> {
            ObjectNode strategy = Trees.child(spec, "strategy");
            Trees.defaultText(strategy, "type", "RollingUpdate");
            if (strategy.path("type").asString("").equals("RollingUpdate")) {
                ObjectNode rolling = Trees.child(strategy, "rollingUpdate");
                part(rolling, "maxUnavailable");
                part(rolling, "maxSurge");
            }
            PodSpecDefaults.applyToTemplate(spec.path("template"));
        });
    }

    /// An empty text is given, and no percentage.
    private static void part(ObjectNode rolling, String field) {
        if (!rolling.hasNonNull(field)) {
            rolling.put(field, "25%");
        }
    }

    @Override
    public void validate(Deployment object, FieldErrors errors) {
        DeploymentSpec spec = object.spec();
        Numbers.nonNegative(spec.replicas(), "spec.replicas", errors);
        WorkloadValidation.requiredSelector(spec.selector(), errors);
        WorkloadValidation.notEmpty(spec.selector(), "deployment", errors);
        WorkloadValidation.template(spec.selector(), spec.template(), "ReplicaSet", errors);
        strategy(spec.strategy(), errors);
        Numbers.nonNegative(spec.minReadySeconds(), "spec.minReadySeconds", errors);
        Numbers.nonNegative(spec.revisionHistoryLimit(), "spec.revisionHistoryLimit", errors);
        Numbers.nonNegative(spec.progressDeadlineSeconds(), "spec.progressDeadlineSeconds", errors);
        int minReady = spec.minReadySeconds() == null ? 0 : spec.minReadySeconds();
        if (spec.progressDeadlineSeconds() != null && spec.progressDeadlineSeconds() <= minReady) {
            errors.invalid(
                    "spec.progressDeadlineSeconds",
                    spec.progressDeadlineSeconds(),
                    "must be greater than minReadySeconds");
        }
    }

    @Override
    public void validateUpdate(Deployment object, Deployment old, FieldErrors errors) {
        Immutable.check(object.spec().selector(), old.spec().selector(), "spec.selector", errors);
    }

    @Override
    public List<String> specWarnings(Deployment object) {
        return PodSpecWarnings.ofTemplate(object.spec().template(), "spec.template");
    }

    @Override
    public List<String> createWarnings(Deployment object) {
        return PodSpecWarnings.ofWorkload(object.metadata());
    }

    private static void strategy(@Nullable DeploymentStrategy strategy, FieldErrors errors) {
        String path = "spec.strategy.rollingUpdate";
        if (strategy == null) {
            return;
        }
        RollingUpdateDeployment rolling = strategy.rollingUpdate();
        if ("Recreate".equals(strategy.type())) {
            if (rolling != null) {
                errors.forbidden(path, "may not be specified when strategy `type` is 'Recreate'");
            }
        } else if (rolling == null) {
            errors.required(path, "this should be defaulted and never be nil");
        } else {
            Numbers.nonNegativeOrPercent(rolling.maxUnavailable(), path + ".maxUnavailable", errors);
            Numbers.nonNegativeOrPercent(rolling.maxSurge(), path + ".maxSurge", errors);
            if (Numbers.valueOrPercent(rolling.maxUnavailable()) == 0
                    && Numbers.valueOrPercent(rolling.maxSurge()) == 0) {
                errors.invalid(path + ".maxUnavailable", rolling.maxUnavailable(), "may not be 0 when `maxSurge` is 0");
            }
            Numbers.notMoreThan100Percent(rolling.maxUnavailable(), path + ".maxUnavailable", errors);
        }
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        StatusCounts.of(object, errors)
                .nonNegative(
                        "observedGeneration",
                        "replicas",
                        "updatedReplicas",
                        "readyReplicas",
                        "availableReplicas",
                        "unavailableReplicas",
                        "terminatingReplicas",
                        "collisionCount")
                .notAbove("replicas", "status.replicas", "updatedReplicas", "readyReplicas", "availableReplicas")
                .notAbove("readyReplicas", "readyReplicas", "availableReplicas")
                .notDecremented("collisionCount", old);
    }
}
