package io.gantry.api.schema;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The keywords for arrays and objects: sizes, `required`, `uniqueItems`, `enum`, and the uniqueness that
/// `x-kubernetes-list-type` demands.
final class CollectionRules {
    private CollectionRules() {}

    static void add(JsonNode openApi, List<ValueRules.Rule> rules) {
        List<String> required = names(openApi.path("required"));
        if (!required.isEmpty()) {
            rules.add(required(required));
        }
        if (openApi.path("enum").isArray()) {
            rules.add(new Enumeration(openApi.get("enum"), names(openApi.get("enum"))));
        }
        if (openApi.path("maxItems").isNumber()) {
            rules.add(max(openApi.get("maxItems").asLong(), true));
        }
        if (openApi.path("minItems").isNumber()) {
            rules.add(min(openApi.get("minItems").asLong(), true, "items"));
        }
        if (openApi.path("maxProperties").isNumber()) {
            rules.add(max(openApi.get("maxProperties").asLong(), false));
        }
        if (openApi.path("minProperties").isNumber()) {
            rules.add(min(openApi.get("minProperties").asLong(), false, "properties"));
        }
        if (openApi.path("uniqueItems").asBoolean(false)) {
            rules.add(CollectionRules::uniqueItems);
        }
    }

    /// That elements differ, as `x-kubernetes-list-type` demands.
    static List<ValueRules.Rule> unique(JsonNode openApi) {
        return switch (openApi.path("x-kubernetes-list-type").asString("")) {
            case "set" -> List.of(CollectionRules::set);
            case "map" -> List.of(listMap(names(openApi.path("x-kubernetes-list-map-keys"))));
            default -> List.of();
        };
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.values().forEach(name -> names.add(name.isString() ? name.stringValue() : name.toString()));
        return names;
    }

    private static ValueRules.Rule required(List<String> required) {
        return (value, path, errors) -> {
            if (value.isObject()) {
                for (String name : required) {
                    if (!value.has(name)) {
                        errors.required(path.isEmpty() ? name : path + "." + name, "");
                    }
                }
            }
        };
    }

    /// The closed set of values that a node allows. Null is none of them, also where it is listed
    /// (`basicCommonValidator` of upstream's validation).
    private record Enumeration(JsonNode allowed, List<String> names) implements ValueRules.Rule {
        @Override
        public boolean checksNull() {
            return true;
        }

        @Override
        public void check(JsonNode value, String path, FieldErrors errors) {
            if (value.isNull() || allowed.valueStream().noneMatch(one -> sameValue(one, value))) {
                errors.notListed(path, shown(value), names);
            }
        }

        private static boolean sameValue(JsonNode one, JsonNode other) {
            return one.equals(other) || one.isNumber() && other.isNumber() && one.doubleValue() == other.doubleValue();
        }
    }

    private static ValueRules.Rule max(long max, boolean array) {
        return (value, path, errors) -> {
            if ((array ? value.isArray() : value.isObject()) && value.size() > max) {
                errors.tooMany(path, value.size(), (int) max);
            }
        };
    }

    private static ValueRules.Rule min(long min, boolean array, String what) {
        return (value, path, errors) -> {
            if ((array ? value.isArray() : value.isObject()) && value.size() < min) {
                errors.invalid(path, value.size(), path + " in body should have at least " + min + " " + what);
            }
        };
    }

    private static void uniqueItems(JsonNode value, String path, FieldErrors errors) {
        if (value.isArray() && new HashSet<>(value.values()).size() < value.size()) {
            errors.invalid(path, value, path + " in body shouldn't contain duplicates");
        }
    }

    private static void set(JsonNode value, String path, FieldErrors errors) {
        if (value.isArray()) {
            differ(List.copyOf(value.values()), path, errors);
        }
    }

    /// What stands there once more is told where it stands the second time.
    private static void differ(List<JsonNode> values, String path, FieldErrors errors) {
        Map<JsonNode, Integer> seen = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (seen.merge(values.get(i), 1, Integer::sum) == 2) {
                errors.duplicate(path + "[" + i + "]", shown(values.get(i)));
            }
        }
    }

    private static ValueRules.Rule listMap(List<String> keys) {
        return (value, path, errors) -> {
            if (!value.isArray()) {
                return;
            }
            for (int i = 0; i < value.size(); i++) {
                if (!value.get(i).isNull() && !value.get(i).isObject()) {
                    errors.invalid(
                            path + "[" + i + "]",
                            shown(value.get(i)),
                            "must be an object for an array of list-type map");
                    return;
                }
            }
            differ(value.valueStream().map(item -> keyOf(item, keys)).toList(), path, errors);
        };
    }

    private static JsonNode keyOf(JsonNode item, List<String> keys) {
        var key = JsonNodeFactory.instance.objectNode();
        for (String name : keys) {
            if (item.has(name)) {
                key.set(name, item.get(name));
            }
        }
        return key;
    }

    /// Texts as they are, objects with their fields in order.
    private static Object shown(JsonNode value) {
        return value.isString()
                ? value.stringValue()
                : value.isObject() ? Json.MAPPER.treeToValue(value, Object.class) : value;
    }
}
