package io.gantry.api.managedfields;

import io.gantry.api.Json;
import io.gantry.api.schema.Field;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.StructSchema;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Elements of paths in their serialized form, which is also their identity.
final class PathElements {
    private PathElements() {}

    static String field(String name) {
        return "f:" + name;
    }

    /// The element of a list item.
    ///
    /// @throws IllegalArgumentException when the item has none of the keys, or is no scalar in a set
    static String item(ListSchema list, JsonNode item) {
        if (list.type() == ListType.Kind.SET || list.keys().isEmpty()) {
            if (item.isContainer() || item.isNull()) {
                throw new IllegalArgumentException(
                        "associative list without keys has an element that's a map, list or null");
            }
            return "v:" + item;
        }
        if (!item.isObject()) {
            throw new IllegalArgumentException("associative list with keys may not have non-map elements");
        }
        return list.keys().size() == 1 ? oneKey(list, item) : severalKeys(list, item);
    }

    private static String oneKey(ListSchema list, JsonNode item) {
        String key = list.keys().getFirst();
        JsonNode value = value(list, item, key);
        if (value == null) {
            throw noKey(list);
        }
        return "k:{\"" + key + "\":" + value + "}";
    }

    private static String severalKeys(ListSchema list, JsonNode item) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (String key : list.keys()) {
            JsonNode value = value(list, item, key);
            if (value != null) {
                sorted.put(key, value);
            }
        }
        if (sorted.isEmpty()) {
            throw noKey(list);
        }
        return "k:"
                + sorted.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static @Nullable JsonNode value(ListSchema list, JsonNode item, String key) {
        JsonNode value = item.get(key);
        if (value != null) {
            return value;
        }
        Field field = list.items() instanceof StructSchema struct ? struct.field(key) : null;
        return field == null ? null : field.defaultValue();
    }

    private static IllegalArgumentException noKey(ListSchema list) {
        String keys = list.keys().stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(" ", "[", "]"));
        return new IllegalArgumentException("associative list with keys has an element that omits all key fields "
                + keys + " (and doesn't have default values for any key fields)");
    }

    /// As conflicts show it: `.name`, `[name="a"]`, `[="x"]`, `[0]`.
    static String show(String element) {
        String content = element.substring(2);
        return switch (element.charAt(0)) {
            case 'f' -> "." + content;
            case 'k' -> "[" + keys(content) + "]";
            case 'v' -> "[=" + content + "]";
            default -> "[" + content + "]";
        };
    }

    private static String keys(String json) {
        List<String> shown = Json.MAPPER.readTree(json).properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        return String.join(",", shown);
    }
}
