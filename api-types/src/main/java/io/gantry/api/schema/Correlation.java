package io.gantry.api.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How the values of a custom resource are matched with those before an update (upstream
/// `apiserver/pkg/cel/common/equality.go`): the elements of a list map are told by their keys, in whatever
/// order they stand, and an object with a field that the schema does not know is never as it was.
/// Immutable.
///
/// @param properties by name
/// @param additional of the other names; null where there are none
/// @param items of a list's elements; null where there are none
/// @param mapKeys of a list map; empty where elements cannot be told apart
public record Correlation(
        Map<String, Correlation> properties,
        @Nullable Correlation additional,
        @Nullable Correlation items,
        List<String> mapKeys) {
    private static final Correlation LEAF = new Correlation(Map.of(), null, null, List.of());

    /// Of a structural schema.
    public static Correlation of(JsonNode openApi) {
        Map<String, Correlation> properties = new LinkedHashMap<>();
        openApi.path("properties").properties().forEach(each -> properties.put(each.getKey(), of(each.getValue())));
        return of(
                properties,
                ofObject(openApi.path("additionalProperties")),
                ofObject(openApi.path("items")),
                openApi.path("x-kubernetes-list-map-keys"));
    }

    /// Of parts.
    ///
    /// @param mapKeys as the schema has them
    static Correlation of(
            Map<String, Correlation> properties,
            @Nullable Correlation additional,
            @Nullable Correlation items,
            JsonNode mapKeys) {
        if (properties.isEmpty() && additional == null && items == null) {
            return LEAF;
        }
        List<String> keys = mapKeys.valueStream().map(key -> key.asString("")).toList();
        return new Correlation(properties, additional, items, keys);
    }

    private static @Nullable Correlation ofObject(JsonNode openApi) {
        return openApi.isObject() ? of(openApi) : null;
    }

    /// Whether a value is as it was.
    public boolean isUnchanged(JsonNode value, JsonNode old) {
        if (value.isObject() && old.isObject()) {
            return value.size() == old.size()
                    && value.propertyStream().allMatch(field -> isUnchanged(field, old.get(field.getKey())));
        }
        Correlation element = items;
        if (element != null && !mapKeys.isEmpty() && value.isArray() && old.isArray()) {
            return value.size() == old.size()
                    && value.valueStream().allMatch(one -> {
                        JsonNode before = before(one, old);
                        return before != null && element.isUnchanged(one, before);
                    });
        }
        return value.equals(old);
    }

    private boolean isUnchanged(Entry<String, JsonNode> field, @Nullable JsonNode before) {
        Correlation ofField = properties.getOrDefault(field.getKey(), additional);
        return ofField != null && before != null && ofField.isUnchanged(field.getValue(), before);
    }

    /// The element of a list map that has the same keys; null where there is none, and in other lists.
    public @Nullable JsonNode before(JsonNode element, @Nullable JsonNode old) {
        if (old == null || mapKeys.isEmpty()) {
            return null;
        }
        for (JsonNode candidate : old) {
            if (mapKeys.stream().allMatch(key -> candidate.path(key).equals(element.path(key)))) {
                return candidate;
            }
        }
        return null;
    }
}
