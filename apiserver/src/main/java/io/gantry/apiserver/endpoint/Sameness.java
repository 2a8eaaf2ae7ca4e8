package io.gantry.apiserver.endpoint;

import java.util.Map;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/// Whether a write would change nothing but the times of managed fields: then nothing is written. Copies nothing.
final class Sameness {
    private Sameness() {}

    static boolean holds(JsonNode object, JsonNode old) {
        return fields(object, old, "metadata", Sameness::metadata);
    }

    private static boolean metadata(JsonNode object, JsonNode old) {
        return fields(object, old, "managedFields", Sameness::managers);
    }

    private static boolean managers(JsonNode managers, JsonNode old) {
        if (managers.size() != old.size() || !managers.isArray() || !old.isArray()) {
            return managers.equals(old);
        }
        for (int i = 0; i < managers.size(); i++) {
            if (!fields(managers.get(i), old.get(i), "time", (time, before) -> true)) {
                return false;
            }
        }
        return true;
    }

    /// Whether two objects have equal fields, the special one by its own comparison.
    private static boolean fields(
            JsonNode object, JsonNode old, String special, BiPredicate<JsonNode, JsonNode> compare) {
        if (!object.isObject() || !old.isObject() || object.size() != old.size()) {
            return object.equals(old);
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode before = old.get(field.getKey());
            boolean same = before != null
                    && (field.getKey().equals(special)
                            ? compare.test(field.getValue(), before)
                            : field.getValue().equals(before));
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
