package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Checks `x-kubernetes-list-type`, `x-kubernetes-list-map-keys` and `x-kubernetes-map-type` of one node.
final class ListExtensions {
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_TYPE = "x-kubernetes-map-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";

    private ListExtensions() {}

    static void check(JsonNode schema, String path, FieldErrors errors) {
        String type = schema.path("type").asString("");
        mapType(schema, type, path, errors);
        String listType = schema.path(LIST_TYPE).asString("");
        JsonNode keys = schema.path(KEYS);
        if (schema.has(LIST_TYPE) && !type.equals("array")) {
            wrongType(type, "must be array if x-kubernetes-list-type is specified", path, errors);
        } else if (listType.equals("set")) {
            set(schema.path("items"), path, errors);
        }
        if (schema.has(LIST_TYPE) && !Set.of("atomic", "set", "map").contains(listType)) {
            errors.notSupported(path + "." + LIST_TYPE, listType, List.of("atomic", "set", "map"));
        }
        if (listType.equals("map")) {
            map(schema, keys, path, errors);
        } else if (!keys.isEmpty()) {
            String why = "must be map if x-kubernetes-list-map-keys is non-empty";
            if (schema.has(LIST_TYPE)) {
                errors.invalid(path + "." + LIST_TYPE, listType, why);
            } else {
                errors.required(path + "." + LIST_TYPE, why);
            }
        }
        boolean unique = listType.equals("map") || listType.equals("set");
        if (unique && schema.path("items").path("nullable").asBoolean(false)) {
            errors.forbidden(path + ".items.nullable", "cannot be nullable when x-kubernetes-list-type is " + listType);
        }
    }

    private static void mapType(JsonNode schema, String type, String path, FieldErrors errors) {
        if (!schema.has(MAP_TYPE)) {
            return;
        }
        if (!type.equals("object")) {
            wrongType(type, "must be object if x-kubernetes-map-type is specified", path, errors);
        }
        String mapType = schema.path(MAP_TYPE).asString("");
        if (!mapType.equals("atomic") && !mapType.equals("granular")) {
            errors.notSupported(path + "." + MAP_TYPE, mapType, List.of("atomic", "granular"));
        }
    }

    private static void wrongType(String type, String why, String path, FieldErrors errors) {
        if (type.isEmpty()) {
            errors.required(path + ".type", why);
        } else {
            errors.invalid(path + ".type", type, why);
        }
    }

    private static void set(JsonNode items, String path, FieldErrors errors) {
        String why = "must be atomic as item of a list with x-kubernetes-list-type=set";
        String listType = items.path(LIST_TYPE).asString("atomic");
        switch (items.path("type").asString("")) {
            case "array" -> {
                if (!listType.equals("atomic")) {
                    errors.invalid(path + ".items." + LIST_TYPE, listType, why);
                }
            }
            case "object" -> {
                if (!items.path(MAP_TYPE).asString("").equals("atomic")) {
                    errors.invalid(path + ".items." + MAP_TYPE, items.get(MAP_TYPE), why);
                }
            }
            default -> {}
        }
    }

    private static void map(JsonNode schema, JsonNode keys, String path, FieldErrors errors) {
        if (keys.isEmpty()) {
            errors.required(path + "." + KEYS, "must not be empty if x-kubernetes-list-type is map");
        }
        JsonNode items = schema.path("items");
        if (!items.isObject()) {
            errors.required(path + ".items", "must have a schema if x-kubernetes-list-type is map");
            return;
        }
        String type = items.path("type").asString("");
        if (!type.equals("object")) {
            errors.invalid(
                    path + ".items.type", type, "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (JsonNode key : keys.values()) {
            key(schema, key.asString(""), path, errors);
            if (!seen.add(key.asString(""))) {
                errors.invalid(path + "." + KEYS, keys, "must not contain duplicate entries");
            }
        }
    }

    private static void key(JsonNode schema, String name, String path, FieldErrors errors) {
        JsonNode items = schema.path("items");
        JsonNode property = items.path("properties").path(name);
        if (property.isMissingNode()) {
            errors.invalid(path + "." + KEYS, schema.path(KEYS), "entries must all be names of item properties");
            return;
        }
        String at = path + ".items.properties[" + name + "]";
        String type = property.path("type").asString("");
        if (type.equals("array") || type.equals("object")) {
            errors.invalid(
                    at + ".type", "object", "must be a scalar type if parent array's x-kubernetes-list-type is map");
        }
        boolean required = items.path("required")
                .valueStream()
                .anyMatch(each -> each.asString("").equals(name));
        if (!required && !property.has("default")) {
            errors.required(
                    at + ".default",
                    "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                            + " property");
        }
        if (property.path("nullable").asBoolean(false)) {
            errors.forbidden(
                    at + ".nullable", "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
        }
    }
}
