package io.gantry.api.managedfields;

import io.gantry.api.Json;
import io.gantry.api.json.GoJson;
import io.gantry.api.schema.Field;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.StructSchema;
import io.gantry.api.schema.annotation.ListType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Elements of paths in their serialized form, which is also their identity.
final class PathElements {
    private PathElements() {}

    /// The elements of fields that were asked for lately; a name takes the place of another.
    private static final AtomicReferenceArray<@Nullable Known> FIELDS = new AtomicReferenceArray<>(1024);

    private static final int MAX_NAME = 64;

    private record Known(String name, String element) {}

    static String field(String name) {
        int hash = name.hashCode();
        int slot = (hash ^ hash >>> 15) & FIELDS.length() - 1;
        Known known = FIELDS.getAcquire(slot);
        if (known != null && known.name().equals(name)) {
            return known.element();
        }
        String element = "f:" + name;
        if (name.length() <= MAX_NAME) {
            FIELDS.setRelease(slot, new Known(name, element));
        }
        return element;
    }

    /// The element of a list item.
    ///
    /// @throws IllegalArgumentException when the item has none of the keys, or is no scalar in a set
    static String item(ListSchema list, JsonNode item) {
        if (list.type() == ListType.Kind.SET || list.keys().isEmpty()) {
            if (item.isContainer() || item.isNull()) {
                throw new IllegalArgumentException(noScalar(item));
            }
            return "v:" + text(item);
        }
        if (item.isNull()) {
            throw new IllegalArgumentException("associative list with keys may not have a null element");
        }
        if (!item.isObject()) {
            throw new IllegalArgumentException("associative list with keys may not have non-map elements");
        }
        return list.keys().size() == 1 ? oneKey(list, item) : severalKeys(list, item);
    }

    private static String noScalar(JsonNode item) {
        return item.isObject()
                ? "associative list without keys has an element that's a map type"
                : item.isArray()
                        ? "not supported: associative list with lists as elements"
                        : "associative list without keys has an element that's an explicit null";
    }

    private static String oneKey(ListSchema list, JsonNode item) {
        String key = list.keys().getFirst();
        JsonNode value = value(list, item, key);
        if (value == null) {
            throw noKey(list);
        }
        return "k:{\"" + key + "\":" + text(value) + "}";
    }

    private static String severalKeys(ListSchema list, JsonNode item) {
        String[] keys = list.keys().toArray(String[]::new);
        Arrays.sort(keys);
        StringBuilder element = new StringBuilder(48);
        for (String key : keys) {
            JsonNode value = value(list, item, key);
            if (value != null) {
                element.append(element.isEmpty() ? "k:{\"" : ",\"")
                        .append(key)
                        .append("\":")
                        .append(text(value));
            }
        }
        if (element.isEmpty()) {
            throw noKey(list);
        }
        return element.append('}').toString();
    }

    /// A scalar as JSON, written as upstream's library writes it: fit for HTML.
    private static String text(JsonNode value) {
        if (value.isString()) {
            return isPlain(value.stringValue())
                    ? "\"" + value.stringValue() + "\""
                    : GoJson.fitForHtml(value.toString());
        }
        return value.isInt() ? Integer.toString(value.intValue()) : value.toString();
    }

    /// Whether a text is the same between quotes.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one < ' ' || one > '~' || "\"\\<>&".indexOf(one) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable JsonNode value(ListSchema list, JsonNode item, String key) {
        JsonNode value = item.get(key);
        if (value != null) {
            return value;
        }
        Field field = list.items() instanceof StructSchema struct ? struct.field(key) : null;
        return field == null ? null : field.keyDefault();
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
