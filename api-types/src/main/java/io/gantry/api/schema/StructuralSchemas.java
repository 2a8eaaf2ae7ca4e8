package io.gantry.api.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Checks that the schema of a CRD is structural, in upstream's words
/// (`k8s.io/apiextensions-apiserver/pkg/apiserver/schema/validation.go`): then it can be decoded, pruned and defaulted
/// by.
public final class StructuralSchemas {
    private static final Set<String> UNSUPPORTED =
            Set.of("$ref", "definitions", "dependencies", "patternProperties", "additionalItems", "id", "$schema");
    private static final List<String> NOT_NESTED = List.of(
            "type",
            "default",
            "title",
            "description",
            "nullable",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-embedded-resource",
            "x-kubernetes-int-or-string",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-list-type",
            "x-kubernetes-map-type");

    private enum Level {
        ROOT("must not be empty at the root"),
        ITEM("must not be empty for specified array items"),
        FIELD("must not be empty for specified object fields");

        private final String typeMissing;

        Level(String typeMissing) {
            this.typeMissing = typeMissing;
        }
    }

    private StructuralSchemas() {}

    /// Checks a whole schema.
    ///
    /// @param path of the schema in the CRD, e.g. `spec.versions[0].schema.openAPIV3Schema`
    public static void validate(JsonNode openApi, String path, FieldErrors errors) {
        structural(openApi, Level.ROOT, path, errors);
        if (errors.isEmpty()) {
            Defaults.validate(openApi, path, errors);
        }
    }

    private static void structural(JsonNode schema, Level level, String path, FieldErrors errors) {
        for (String keyword : UNSUPPORTED) {
            if (schema.has(keyword)) {
                errors.forbidden(path + "." + keyword, keyword + " is not supported");
            }
        }
        if (schema.path("uniqueItems").asBoolean(false)) {
            errors.forbidden(
                    path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        type(schema, level, path, errors);
        lists(schema, path, errors);
        objects(schema, level, path, errors);
        if (level == Level.ROOT || isTrue(schema, "x-kubernetes-embedded-resource")) {
            wholeObject(schema, level, path, errors);
        }
        combined(schema, schema, path, errors);
    }

    private static void type(JsonNode schema, Level level, String path, FieldErrors errors) {
        String type = schema.path("type").asString("");
        boolean embedded = isTrue(schema, "x-kubernetes-embedded-resource");
        boolean intOrString = isTrue(schema, "x-kubernetes-int-or-string");
        boolean preserves = isTrue(schema, "x-kubernetes-preserve-unknown-fields");
        if (embedded && !type.equals("object")) {
            String why = "must be object if x-kubernetes-embedded-resource is true";
            if (type.isEmpty()) {
                errors.required(path + ".type", why);
            } else {
                errors.invalid(path + ".type", type, why);
            }
        } else if (type.isEmpty() && !intOrString && !preserves) {
            errors.required(path + ".type", level.typeMissing);
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            errors.invalid(path + ".type", type, "must be object at the root");
        }
        String ifIntOrString = "must be false if x-kubernetes-int-or-string is true";
        if (intOrString && preserves) {
            errors.invalid(path + ".x-kubernetes-preserve-unknown-fields", "true", ifIntOrString);
        }
        if (intOrString && embedded) {
            errors.invalid(path + ".x-kubernetes-embedded-resource", "true", ifIntOrString);
        }
        if (schema.has("x-kubernetes-preserve-unknown-fields") && !preserves) {
            errors.invalid(path + ".x-kubernetes-preserve-unknown-fields", "false", "must be true or undefined");
        }
    }

    private static void lists(JsonNode schema, String path, FieldErrors errors) {
        boolean array = schema.path("type").asString("").equals("array");
        if (array && !schema.path("items").isObject()) {
            errors.required(path + ".items", "must be specified");
        }
        if (schema.path("items").isObject()) {
            structural(schema.get("items"), Level.ITEM, path + ".items", errors);
        }
        String listType = schema.path("x-kubernetes-list-type").asString("");
        JsonNode keys = schema.path("x-kubernetes-list-map-keys");
        if (!listType.isEmpty() && !array) {
            errors.invalid(
                    path + ".type",
                    schema.path("type").asString(""),
                    "must be array if x-kubernetes-list-type is specified");
        }
        if (!listType.isEmpty() && !Set.of("atomic", "set", "map").contains(listType)) {
            errors.notSupported(path + ".x-kubernetes-list-type", listType, List.of("atomic", "map", "set"));
        }
        if (listType.equals("map")) {
            mapKeys(schema, keys, path, errors);
        } else if (!keys.isEmpty()) {
            errors.invalid(
                    path + ".x-kubernetes-list-type",
                    listType,
                    "must be map if x-kubernetes-list-map-keys is non-empty");
        }
    }

    private static void mapKeys(JsonNode schema, JsonNode keys, String path, FieldErrors errors) {
        if (keys.isEmpty()) {
            errors.required(path + ".x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map");
        }
        JsonNode items = schema.path("items");
        if (!items.path("type").asString("").equals("object")) {
            errors.invalid(
                    path + ".items.type",
                    items.path("type").asString(""),
                    "must be object if parent array's x-kubernetes-list-type is map");
        }
        for (JsonNode key : keys.values()) {
            String name = key.asString("");
            JsonNode property = items.path("properties").path(name);
            if (property.isMissingNode()) {
                errors.invalid(
                        path + ".x-kubernetes-list-map-keys", keys, "entries must all be names of item properties");
                continue;
            }
            boolean required = items.path("required").valueStream().anyMatch(key::equals);
            if (!required && !property.has("default")) {
                errors.required(
                        path + ".items.properties[" + name + "].default",
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
            }
        }
    }

    private static void objects(JsonNode schema, Level level, String path, FieldErrors errors) {
        JsonNode additional = schema.path("additionalProperties");
        if (schema.has("additionalProperties")) {
            if (level == Level.ROOT) {
                errors.forbidden(path + ".additionalProperties", "must not be used at the root");
            }
            if (schema.has("properties")) {
                errors.forbidden(
                        path + ".additionalProperties", "additionalProperties and properties are mutual exclusive");
            }
        }
        if (additional.isObject()) {
            structural(additional, Level.FIELD, path + ".additionalProperties", errors);
        } else if (additional.isBoolean() && !additional.booleanValue()) {
            errors.forbidden(path + ".additionalProperties", "additionalProperties cannot be set to false");
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (level != Level.ROOT || !property.getKey().equals("metadata")) {
                structural(property.getValue(), Level.FIELD, path + ".properties[" + property.getKey() + "]", errors);
            }
        }
    }

    private static void wholeObject(JsonNode schema, Level level, String path, FieldErrors errors) {
        JsonNode properties = schema.path("properties");
        for (String name : List.of("kind", "apiVersion")) {
            String type = properties.path(name).path("type").asString("");
            if (properties.has(name) && !type.equals("string")) {
                errors.invalid(path + ".properties[" + name + "].type", type, "must be string");
            }
        }
        JsonNode metadata = properties.path("metadata");
        if (metadata.isMissingNode()) {
            return;
        }
        String type = metadata.path("type").asString("");
        if (!type.equals("object")) {
            errors.invalid(path + ".properties[metadata].type", type, "must be object");
        }
        boolean onlyNames = metadata.path("properties")
                .propertyStream()
                .allMatch(
                        field -> field.getKey().equals("name") || field.getKey().equals("generateName"));
        boolean plain = metadata.propertyStream()
                .allMatch(keyword ->
                        Set.of("type", "properties", "default", "description").contains(keyword.getKey()));
        if (level == Level.ROOT && !(onlyNames && plain)) {
            errors.forbidden(
                    path + ".properties[metadata]",
                    "must not specify anything other than name and generateName, but metadata is implicitly specified");
        }
    }

    /// What validates values only may not declare structure.
    private static void combined(JsonNode schema, JsonNode structure, String path, FieldErrors errors) {
        pattern(schema, path, errors);
        boolean intOrString = isTrue(structure, "x-kubernetes-int-or-string");
        for (String keyword : List.of("anyOf", "allOf", "oneOf")) {
            int i = 0;
            for (JsonNode nested : schema.path(keyword).values()) {
                nested(nested, structure, intOrString, path + "." + keyword + "[" + i++ + "]", errors);
            }
        }
        if (schema.path("not").isObject()) {
            nested(schema.get("not"), structure, intOrString, path + ".not", errors);
        }
    }

    private static void nested(
            JsonNode schema, JsonNode structure, boolean intOrString, String path, FieldErrors errors) {
        for (String keyword : NOT_NESTED) {
            boolean typeOfIntOrString = intOrString && keyword.equals("type");
            if (schema.has(keyword) && !typeOfIntOrString) {
                errors.forbidden(path + "." + keyword, "must be " + emptiness(keyword) + " to be structural");
            }
        }
        if (schema.has("additionalProperties")) {
            errors.forbidden(path + ".additionalProperties", "must be undefined to be structural");
        }
        combined(schema, structure, path, errors);
        if (schema.path("items").isObject()) {
            nested(schema.get("items"), structure.path("items"), false, path + ".items", errors);
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String below = path + ".properties[" + property.getKey() + "]";
            if (property.getKey().equals("metadata")) {
                errors.forbidden(below, "must not be specified in a nested context");
            }
            nested(
                    property.getValue(),
                    structure.path("properties").path(property.getKey()),
                    isTrue(structure.path("properties").path(property.getKey()), "x-kubernetes-int-or-string"),
                    below,
                    errors);
        }
    }

    private static String emptiness(String keyword) {
        return switch (keyword) {
            case "default", "x-kubernetes-list-type", "x-kubernetes-map-type" -> "undefined";
            case "type", "title", "description", "x-kubernetes-list-map-keys" -> "empty";
            default -> "false";
        };
    }

    private static void pattern(JsonNode schema, String path, FieldErrors errors) {
        String pattern = schema.path("pattern").asString("");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException malformed) {
            errors.invalid(
                    path + ".pattern",
                    pattern,
                    "must be a valid regular expression, but isn't: " + malformed.getMessage());
        }
    }

    private static boolean isTrue(JsonNode schema, String keyword) {
        return schema.path(keyword).asBoolean(false);
    }

    /// Defaults must fit their own schema.
    private static final class Defaults {
        static void validate(JsonNode schema, String path, FieldErrors errors) {
            JsonNode value = schema.get("default");
            if (value != null) {
                ValueRules.compile(schema).check(value, path + ".default", errors);
            }
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                validate(property.getValue(), path + ".properties[" + property.getKey() + "]", errors);
            }
            if (schema.path("items").isObject()) {
                validate(schema.get("items"), path + ".items", errors);
            }
            if (schema.path("additionalProperties").isObject()) {
                validate(schema.get("additionalProperties"), path + ".additionalProperties", errors);
            }
        }
    }
}
