package io.gantry.api.core.v1.replicationcontroller;

import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.core.v1.podtemplate.PodTemplateValidation;
import io.gantry.api.core.v1.podtemplate.WorkloadValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.StatusCounts;
import io.gantry.api.validation.Trees;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of ReplicationControllers (upstream `ValidateReplicationController`).
public final class ReplicationControllerRules implements KindRules<ReplicationController> {
    @Override
    public void defaults(ObjectNode object) {
        JsonNode spec = object.path("spec");
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (spec instanceof ObjectNode own && labels instanceof ObjectNode given && !given.isEmpty()) {
            if (own.path("selector").isEmpty()) {
                own.set("selector", given.deepCopy());
            }
            if (object.path("metadata").path("labels").isEmpty()) {
                Trees.child(object, "metadata").set("labels", given.deepCopy());
            }
        }
        PodSpecDefaults.applyToTemplate(spec.path("template"));
    }

    @Override
    public void validate(ReplicationController object, FieldErrors errors) {
        ReplicationControllerSpec spec = object.spec();
        Numbers.nonNegative(spec.minReadySeconds(), "spec.minReadySeconds", errors);
        if (spec.selector().isEmpty()) {
            errors.required("spec.selector", "");
        }
        Numbers.nonNegative(spec.replicas(), "spec.replicas", errors);
        PodTemplateSpec template = spec.template();
        if (template == null) {
            errors.required("spec.template", "");
            return;
        }
        Map<String, String> labels = template.metadata().labels();
        if (!spec.selector().isEmpty()
                && !labels.entrySet().containsAll(spec.selector().entrySet())) {
            LabelValidation.unselected(labels, errors);
        }
        PodTemplateValidation.check(template, "spec.template", errors);
        WorkloadValidation.restarting(template, "ReplicationController", errors);
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
    public List<String> specWarnings(ReplicationController object) {
        return PodSpecWarnings.ofTemplate(object.spec().template(), "spec.template");
    }

    @Override
    public List<String> createWarnings(ReplicationController object) {
        return PodSpecWarnings.ofWorkload(object.metadata());
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        StatusCounts.of(object, errors)
                .nonNegative(
                        "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration")
                .notAbove("replicas", "status.replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas")
                .notAbove("readyReplicas", "readyReplicas", "availableReplicas");
    }
}
