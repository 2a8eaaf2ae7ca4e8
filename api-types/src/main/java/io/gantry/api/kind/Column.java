package io.gantry.api.kind;

import java.time.Instant;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// One column of a Table (upstream `printers/internalversion`).
///
/// @param name the heading in mixed case, e.g. `Ready`
/// @param type OpenAPI type: `string`, `integer`, `boolean`, `date`
/// @param format OpenAPI format, empty or e.g. `name`
/// @param priority 0 is always shown; greater ones in wide output
/// @param description what `describe` of the Table says
/// @param cell the value from an object as stored and the current time: a String, Number or Boolean
public record Column(
        String name,
        String type,
        String format,
        int priority,
        String description,
        BiFunction<JsonNode, Instant, Object> cell) {

    /// A column of text that is always shown. Numbers in it stay numbers, as in some of upstream's.
    public static Column text(String name, String description, BiFunction<JsonNode, Instant, Object> cell) {
        return new Column(name, "string", "", 0, description, cell);
    }

    /// A column of whole numbers that is always shown.
    public static Column number(String name, String description, BiFunction<JsonNode, Instant, Object> cell) {
        return new Column(name, "integer", "", 0, description, cell);
    }

    /// `Created At`: the time of creation, which kinds without columns of their own have upstream
    /// (`registry/rest/table.go`).
    public static Column created() {
        return new Column(
                "Created At",
                "date",
                "",
                0,
                "When the object was made.",
                (object, now) ->
                        object.path("metadata").path("creationTimestamp").asString(""));
    }

    /// The same column in wide output only.
    public Column wide() {
        return new Column(name, type, format, 1, description, cell);
    }

    /// `Age`: time since creation, as kubectl writes durations.
    public static Column age() {
        return text(
                "Age",
                "Time since the object was created.",
                (object, now) -> HumanDuration.since(object.path("metadata").path("creationTimestamp"), now));
    }
}
