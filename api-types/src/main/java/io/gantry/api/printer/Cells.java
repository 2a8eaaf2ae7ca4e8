package io.gantry.api.printer;

import io.gantry.api.kind.HumanDuration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// Cells that many kinds share (upstream `printers/internalversion`). Each gives a function from an object as stored
/// to the cell's value. Paths have dots: `spec.replicas`.
public final class Cells {
    public static final String NONE = "<none>";
    public static final String UNKNOWN = "<unknown>";
    public static final String UNSET = "<unset>";

    private Cells() {}

    /// The node at a path with dots; missing where a part is absent.
    public static JsonNode at(JsonNode object, String path) {
        JsonNode node = object;
        for (String part : path.split("\\.")) {
            node = node.path(part);
        }
        return node;
    }

    /// The text at a path, or `absent`.
    public static String textAt(JsonNode object, String path, String absent) {
        JsonNode node = at(object, path);
        String text = node.isMissingNode() || node.isNull() ? "" : node.asString("");
        return text.isEmpty() ? absent : text;
    }

    /// The number at a path, or zero.
    public static long numberAt(JsonNode object, String path) {
        return at(object, path).asLong(0);
    }

    /// The text at a path, or nothing.
    public static BiFunction<JsonNode, Instant, Object> text(String path) {
        return (object, now) -> textAt(object, path, "");
    }

    /// The text at a path, or `absent`.
    public static BiFunction<JsonNode, Instant, Object> text(String path, String absent) {
        return (object, now) -> textAt(object, path, absent);
    }

    /// The number at a path, or zero.
    public static BiFunction<JsonNode, Instant, Object> number(String path) {
        return (object, now) -> numberAt(object, path);
    }

    /// The number at a path, or `absent`.
    public static BiFunction<JsonNode, Instant, Object> numberOr(String path, String absent) {
        return (object, now) -> {
            JsonNode node = at(object, path);
            return node.isNumber() ? (Object) node.asLong() : absent;
        };
    }

    /// The truth value at a path, or false.
    public static BiFunction<JsonNode, Instant, Object> bool(String path) {
        return (object, now) -> at(object, path).asBoolean(false);
    }

    /// Time since the timestamp at a path, or `absent`.
    public static BiFunction<JsonNode, Instant, Object> since(String path, String absent) {
        return (object, now) -> {
            JsonNode time = at(object, path);
            return time.isString() ? HumanDuration.since(time, now) : absent;
        };
    }

    /// A map as `a=b,c=d` in the order of its keys, or `<none>`.
    public static BiFunction<JsonNode, Instant, Object> labels(String path) {
        return (object, now) -> labelsOf(at(object, path));
    }

    /// A map as `a=b,c=d` in the order of its keys, or `<none>`.
    public static String labelsOf(JsonNode map) {
        List<String> pairs = new ArrayList<>();
        map.properties().forEach(e -> pairs.add(e.getKey() + "=" + e.getValue().asString("")));
        pairs.sort(null);
        return pairs.isEmpty() ? NONE : String.join(",", pairs);
    }

    /// A label selector in the form that `-l` takes, or `<none>`.
    public static BiFunction<JsonNode, Instant, Object> selector(String path) {
        return (object, now) -> SelectorText.of(at(object, path));
    }

    /// Names of the containers of the pod spec at a path.
    public static BiFunction<JsonNode, Instant, Object> containers(String path) {
        return (object, now) -> each(at(object, path), "name");
    }

    /// Images of the containers of the pod spec at a path.
    public static BiFunction<JsonNode, Instant, Object> images(String path) {
        return (object, now) -> each(at(object, path), "image");
    }

    private static String each(JsonNode podSpec, String field) {
        List<String> values = new ArrayList<>();
        podSpec.path("containers").forEach(c -> values.add(c.path(field).asString("")));
        return String.join(",", values);
    }
}
