package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of pods (upstream `pkg/registry/core/pod/strategy.go` and `pkg/apis/core/validation`).
public final class PodRules implements KindRules<Pod> {
    @Override
    public void defaults(ObjectNode object) {
        if (object.path("spec") instanceof ObjectNode spec) {
            PodSpecDefaults.apply(spec);
            PodSpecDefaults.applyToPod(spec);
        }
        if (object.path("status") instanceof ObjectNode status) {
            podIps(status);
        }
    }

    @Override
    public List<String> preparationWarnings(ObjectNode object) {
        return AppArmorFields.warnings(object);
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        AppArmorFields.fill(object);
        ObjectNode status = object.putObject("status");
        status.put("phase", "Pending");
        JsonNode spec = object.path("spec");
        if (!spec.path("schedulingGates").isEmpty()) {
            ObjectNode condition = status.putArray("conditions").addObject();
            condition.put("type", PodConditions.POD_SCHEDULED);
            condition.put("status", "False");
            condition.put("reason", "SchedulingGated");
            condition.put("message", "Scheduling is blocked due to non-empty scheduling gates");
        }
        status.put("qosClass", QosClass.of(spec).text());
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {
        JsonNode qosClass = old.path("status").path("qosClass");
        if (qosClass.isString() && object.path("status") instanceof ObjectNode status && !status.has("qosClass")) {
            status.set("qosClass", qosClass);
        }
    }

    @Override
    public void validate(Pod pod, FieldErrors errors) {
        PodSpecValidation.check(pod.spec(), "spec", errors);
        PodSpecValidation.onlyForPod(pod.spec(), "spec", errors);
        PodAnnotationValidation.check(pod.metadata().annotations(), pod.spec(), "metadata.annotations", errors);
    }

    @Override
    public void validateCreate(Pod pod, FieldErrors errors) {
        if (!pod.spec().ephemeralContainers().isEmpty()) {
            errors.forbidden("spec.ephemeralContainers", "cannot be set on create");
        }
        if (!pod.spec().schedulingGates().isEmpty() && pod.spec().nodeName() != null) {
            errors.forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
        }
        PodAnnotationValidation.agree(pod.metadata().annotations(), pod.spec(), "spec", errors);
    }

    @Override
    public void validateUpdate(Pod pod, Pod old, FieldErrors errors) {
        PodAnnotationValidation.unchanged(
                pod.metadata().annotations(), old.metadata().annotations(), errors);
        PodUpdateValidation.check(pod.spec(), old.spec(), errors);
    }

    /// A binding changes what the server itself checks.
    @Override
    public boolean checksSubresource(String subresource) {
        return !subresource.equals("binding");
    }

    @Override
    public void validateSubresourceUpdate(String subresource, Pod pod, Pod old, FieldErrors errors) {
        switch (subresource) {
            case "ephemeralcontainers" -> PodPartValidation.ephemeralContainers(pod, old, errors);
            case "resize" -> PodPartValidation.resize(pod, old, errors);
            default -> {
                validate(pod, errors);
                validateUpdate(pod, old, errors);
            }
        }
    }

    @Override
    public List<String> selectablePaths() {
        return List.of(
                "spec.nodeName",
                "spec.restartPolicy",
                "spec.schedulerName",
                "spec.serviceAccountName",
                "spec.hostNetwork",
                "status.phase",
                "status.podIP",
                "status.podIPs",
                "status.nominatedNodeName");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        fields.put("spec.nodeName", spec.path("nodeName").asString(""));
        fields.put("spec.restartPolicy", spec.path("restartPolicy").asString(""));
        fields.put("spec.schedulerName", spec.path("schedulerName").asString(""));
        fields.put("spec.serviceAccountName", spec.path("serviceAccountName").asString(""));
        fields.put("spec.hostNetwork", Boolean.toString(spec.path("hostNetwork").asBoolean(false)));
        fields.put("status.phase", status.path("phase").asString(""));
        fields.put("status.podIP", podIp(object));
        fields.put("status.nominatedNodeName", status.path("nominatedNodeName").asString(""));
        return fields;
    }

    @Override
    public List<String> createWarnings(Pod object) {
        List<String> warnings = PodSpecWarnings.ofNewPod(object);
        if (object.metadata().name() != null) {
            warnings.addAll(PodSpecWarnings.hostname(object.metadata().name(), "the Pod's hostname"));
        }
        return warnings;
    }

    /// `podIP` is the first of `podIPs`, whichever is given (upstream's conversion).
    private static void podIps(ObjectNode status) {
        String first = status.path("podIPs").path(0).path("ip").asString("");
        String one = status.path("podIP").asString("");
        if (!one.isEmpty() && !one.equals(first)) {
            status.putArray("podIPs").addObject().put("ip", one);
        } else if (one.isEmpty() && !first.isEmpty()) {
            status.put("podIP", first);
        }
    }

    private static String podIp(JsonNode object) {
        String first = object.path("status").path("podIPs").path(0).path("ip").asString("");
        return first.isEmpty() ? Cells.textAt(object, "status.podIP", "") : first;
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        PodStatusValidation.check(object, old, errors);
    }
}
