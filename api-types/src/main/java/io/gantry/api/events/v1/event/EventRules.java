package io.gantry.api.events.v1.event;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.event.EventValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        series(object, errors);
        if (object.eventTime() == null) {
            errors.required("eventTime", "");
        }
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

    private static void series(Event object, FieldErrors errors) {
        EventSeries series = object.series();
        if (series == null) {
            return;
        }
        if (series.count() == null || series.count() < 2) {
            errors.invalid("series.count", "", "should be at least 2");
        }
        if (series.lastObservedTime() == null) {
            errors.required("series.lastObservedTime", "");
        }
    }

    /// Nothing but the series changes; fields are told of by their names in upstream's internal type.
    @Override
    public void validateUpdate(Event object, Event old, FieldErrors errors) {
        if (!Objects.equals(object.series(), old.series())) {
            series(object, errors);
        }
        Immutable.check(object.regarding(), old.regarding(), "involvedObject", errors);
        Immutable.checkEmptyAsAbsent(object.reason(), old.reason(), "reason", errors);
        Immutable.checkEmptyAsAbsent(object.note(), old.note(), "message", errors);
        Immutable.check(object.deprecatedSource(), old.deprecatedSource(), "source", errors);
        Immutable.check(object.deprecatedFirstTimestamp(), old.deprecatedFirstTimestamp(), "firstTimestamp", errors);
        Immutable.check(object.deprecatedLastTimestamp(), old.deprecatedLastTimestamp(), "lastTimestamp", errors);
        Immutable.check(count(object), count(old), "count", errors);
        Immutable.checkEmptyAsAbsent(object.type(), old.type(), "type", errors);
        Immutable.check(object.eventTime(), old.eventTime(), "eventTime", errors);
        Immutable.checkEmptyAsAbsent(object.action(), old.action(), "action", errors);
        Immutable.check(object.related(), old.related(), "related", errors);
        Immutable.checkEmptyAsAbsent(
                object.reportingController(), old.reportingController(), "reportingController", errors);
        Immutable.checkEmptyAsAbsent(object.reportingInstance(), old.reportingInstance(), "reportingInstance", errors);
    }

    private static int count(Event event) {
        return event.deprecatedCount() == null ? 0 : event.deprecatedCount();
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
