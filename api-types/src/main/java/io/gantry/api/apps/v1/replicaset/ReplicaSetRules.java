package io.gantry.api.apps.v1.replicaset;

import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.core.v1.podtemplate.WorkloadValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.StatusCounts;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of ReplicaSets (upstream `pkg/apis/apps/validation`).
public final class ReplicaSetRules implements KindRules<ReplicaSet> {
    @Override
    public void defaults(ObjectNode object) {
        PodSpecDefaults.applyToTemplate(object.path("spec").path("template"));
    }

    @Override
    public void validate(ReplicaSet object, FieldErrors errors) {
        ReplicaSetSpec spec = object.spec();
        Numbers.nonNegative(spec.replicas(), "spec.replicas", errors);
        Numbers.nonNegative(spec.minReadySeconds(), "spec.minReadySeconds", errors);
        WorkloadValidation.requiredSelector(spec.selector(), errors);
        WorkloadValidation.notEmpty(spec.selector(), "deployment", errors);
        WorkloadValidation.template(spec.selector(), spec.template(), "ReplicaSet", errors);
    }

    @Override
    public void validateUpdate(ReplicaSet object, ReplicaSet old, FieldErrors errors) {
        Immutable.check(object.spec().selector(), old.spec().selector(), "spec.selector", errors);
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("status.replicas");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        return Map.of("status.replicas", Long.toString(Cells.numberAt(object, "status.replicas")));
    }

    @Override
    public List<String> specWarnings(ReplicaSet object) {
        return PodSpecWarnings.ofTemplate(object.spec().template(), "spec.template");
    }

    @Override
    public List<String> createWarnings(ReplicaSet object) {
        return PodSpecWarnings.ofWorkload(object.metadata());
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        StatusCounts.of(object, errors)
                .nonNegative(
                        "replicas",
                        "fullyLabeledReplicas",
                        "readyReplicas",
                        "availableReplicas",
                        "observedGeneration",
                        "terminatingReplicas")
                .notAbove("replicas", "status.replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas")
                .notAbove("readyReplicas", "readyReplicas", "availableReplicas");
    }
}
