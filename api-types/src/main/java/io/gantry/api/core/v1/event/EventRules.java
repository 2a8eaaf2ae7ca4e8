package io.gantry.api.core.v1.event;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Rules of core events (upstream `pkg/apis/core/validation/events.go`, the legacy part).
public final class EventRules implements KindRules<Event> {
    @Override
    public void validate(Event object, FieldErrors errors) {
        String involved = object.involvedObject() == null
                ? ""
                : text(object.involvedObject().namespace());
        new EventValidation(
                        text(object.metadata().namespace()),
                        involved,
                        object.eventTime() != null,
                        "reportingComponent",
                        text(object.reportingComponent()),
                        text(object.reportingInstance()),
                        text(object.action()),
                        text(object.reason()),
                        text(object.message()))
                .check(errors);
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("involvedObject", "reason", "reportingComponent", "source", "type");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        JsonNode involved = object.path("involvedObject");
        for (String name :
                new String[] {"kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"}) {
            fields.put("involvedObject." + name, involved.path(name).asString(""));
        }
        fields.put("reason", object.path("reason").asString(""));
        fields.put("reportingComponent", object.path("reportingComponent").asString(""));
        String source = object.path("source").path("component").asString("");
        fields.put(
                "source", source.isEmpty() ? object.path("reportingComponent").asString("") : source);
        fields.put("type", object.path("type").asString(""));
        return fields;
    }
}
