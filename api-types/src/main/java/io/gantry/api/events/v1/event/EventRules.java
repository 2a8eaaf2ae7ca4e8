package io.gantry.api.events.v1.event;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.event.EventValidation;
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
        String regarding =
                object.regarding() == null ? "" : text(object.regarding().namespace());
        new EventValidation(
                        text(object.metadata().namespace()),
                        regarding,
                        object.eventTime() != null,
                        "reportingController",
                        text(object.reportingController()),
                        text(object.reportingInstance()),
                        text(object.action()),
                        text(object.reason()),
                        text(object.note()))
                .check(errors);
    }

    /// Stricter than for core events; updates of old ones pass.
    @Override
    public void validateCreate(Event object, FieldErrors errors) {
        if (!List.of("Normal", "Warning").contains(text(object.type()))) {
            errors.invalid("type", "", "has invalid value: " + text(object.type()));
        }
        unset(object.deprecatedFirstTimestamp() != null, "firstTimestamp", errors);
        unset(object.deprecatedLastTimestamp() != null, "lastTimestamp", errors);
        unset(object.deprecatedCount() != null && object.deprecatedCount() != 0, "count", errors);
        unset(
                object.deprecatedSource() != null
                        && !(text(object.deprecatedSource().component())
                                        + text(object.deprecatedSource().host()))
                                .isEmpty(),
                "source",
                errors);
    }

    private static void unset(boolean given, String field, FieldErrors errors) {
        if (given) {
            errors.invalid(field, "", "needs to be unset");
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
