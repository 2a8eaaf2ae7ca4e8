package io.gantry.api.events.v1.event;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Rules of events of `events.k8s.io` (upstream `pkg/apis/core/validation/events.go`).
public final class EventRules implements KindRules<Event> {
    @Override
    public void validate(Event object, FieldErrors errors) {
        String namespace = text(object.metadata().namespace());
        String regarding =
                object.regarding() == null ? "" : text(object.regarding().namespace());
        boolean fits = regarding.isEmpty()
                ? List.of("", "default", "kube-system").contains(namespace)
                : regarding.equals(namespace);
        if (!fits) {
            errors.invalid("involvedObject.namespace", regarding, "does not match event.namespace");
        }
        if (!List.of("Normal", "Warning").contains(text(object.type()))) {
            errors.invalid("type", text(object.type()), "has invalid value: " + text(object.type()));
        }
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("regarding", "reason", "reportingController", "type");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : List.of("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath")) {
            fields.put("regarding." + name, object.path("regarding").path(name).asString(""));
        }
        fields.put("reason", object.path("reason").asString(""));
        fields.put("reportingController", object.path("reportingController").asString(""));
        fields.put("type", object.path("type").asString(""));
        return fields;
    }
}
