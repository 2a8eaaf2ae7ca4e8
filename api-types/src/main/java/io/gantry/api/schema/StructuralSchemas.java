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
            "x-kubernetes-map-type",
            "x-kubernetes-validations");

    /// What the root may hold when the status is checked on its own; upstream's names for its message.
    private static final String ROOT_SHOWN = "[Description Type Format Title Maximum ExclusiveMaximum Minimum"
            + " ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items"
            + " Properties ExternalDocs Example XPreserveUnknownFields XValidations]";

    private static final Set<String> ROOT_ALLOWED = Set.of(
            "description",
            "type",
            "format",
            "title",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "multipleOf",
            "required",
            "items",
            "properties",
            "externalDocs",
            "example",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-validations");

    private static final Set<String> TYPES = Set.of("string", "number", "integer", "boolean", "array", "object");

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
            SchemaDefaults.check(openApi, path, errors);
        }
    }

    /// Checks what holds for the root alone.
    ///
    /// @param status whether the version has the `status` subresource
    public static void validateRoot(JsonNode openApi, boolean status, String path, FieldErrors errors) {
        if (status && openApi.propertyNames().stream().anyMatch(keyword -> !ROOT_ALLOWED.contains(keyword))) {
            errors.invalid(
                    path,
                    openApi,
                    "only " + ROOT_SHOWN
                            + " fields are allowed at the root of the schema if the status subresource is enabled");
        }
        if (isTrue(openApi, "nullable")) {
            errors.forbidden(path + ".nullable", "nullable cannot be true at the root");
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
        combined(schema, true, true, path, errors);
        if (level == Level.ROOT) {
            // Upstream looks no deeper either.
            SchemaCompleteness.check(schema, schema, path, path, errors);
        }
        ListExtensions.check(schema, path, errors);
        RuleTexts.check(schema, path, errors);
    }

    private static void type(JsonNode schema, Level level, String path, FieldErrors errors) {
        String type = schema.path("type").asString("");
        boolean embedded = isTrue(schema, "x-kubernetes-embedded-resource");
        boolean intOrString = isTrue(schema, "x-kubernetes-int-or-string");
        boolean preserves = isTrue(schema, "x-kubernetes-preserve-unknown-fields");
        if (type.equals("null")) {
            errors.forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative");
        }
        if (!type.isEmpty() && !TYPES.contains(type)) {
            errors.notSupported(path + ".type", type, List.copyOf(TYPES));
        }
        if (embedded && !preserves && schema.path("properties").isEmpty()) {
            errors.required(
                    path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields");
        }
        if (embedded && schema.has("additionalProperties")) {
            errors.forbidden(
                    path + ".additionalProperties", "must not be used if x-kubernetes-embedded-resource is set");
        }
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
            errors.invalid(path + ".x-kubernetes-preserve-unknown-fields", true, ifIntOrString);
        }
        if (intOrString && embedded) {
            errors.invalid(path + ".x-kubernetes-embedded-resource", true, ifIntOrString);
        }
        if (schema.has("x-kubernetes-preserve-unknown-fields") && !preserves) {
            errors.invalid(path + ".x-kubernetes-preserve-unknown-fields", false, "must be true or undefined");
        }
    }

    private static void lists(JsonNode schema, String path, FieldErrors errors) {
        boolean array = schema.path("type").asString("").equals("array");
        if (schema.path("items").isArray()) {
            errors.forbidden(path + ".items", "items must be a schema object and not an array");
        } else if (array && !schema.path("items").isObject()) {
            errors.required(path + ".items", "must be specified");
        }
        if (schema.path("items").isObject()) {
            structural(schema.get("items"), Level.ITEM, path + ".items", errors);
        }
    }

    private static void objects(JsonNode schema, Level level, String path, FieldErrors errors) {
        JsonNode additional = schema.path("additionalProperties");
        if (schema.has("additionalProperties")) {
            if (level == Level.ROOT) {
                errors.forbidden(path + ".additionalProperties", "must not be used at the root");
            }
            boolean everything = additional.isBoolean() && additional.booleanValue();
            if (!everything && schema.has("properties")) {
                errors.forbidden(
                        path + ".additionalProperties", "additionalProperties and properties are mutual exclusive");
            }
        }
        if (additional.isObject()) {
            structural(additional, Level.FIELD, path + ".additionalProperties", errors);
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

    /// What validates values only may not declare structure, save that a value is an integer or a text (upstream
    /// `isIntOrStringAnyOfPattern`, `isIntOrStringAllOfPattern`).
    ///
    /// @param types whether `anyOf` may say so
    /// @param first whether the first of `allOf` may
    private static void combined(JsonNode schema, boolean types, boolean first, String path, FieldErrors errors) {
        pattern(schema, path, errors);
        for (String keyword : List.of("anyOf", "allOf", "oneOf")) {
            if (types && keyword.equals("anyOf") && isBothTypes(schema.path("anyOf"))) {
                continue;
            }
            int i = 0;
            for (JsonNode nested : schema.path(keyword).values()) {
                boolean both = first && keyword.equals("allOf") && i == 0;
                nested(nested, both, path + "." + keyword + "[" + i++ + "]", errors);
            }
        }
        if (schema.path("not").isObject()) {
            nested(schema.get("not"), false, path + ".not", errors);
        }
    }

    private static boolean isBothTypes(JsonNode anyOf) {
        return anyOf.size() == 2 && isTypeAlone(anyOf.get(0), "integer") && isTypeAlone(anyOf.get(1), "string");
    }

    private static boolean isTypeAlone(JsonNode schema, String type) {
        return schema.size() == 1 && schema.path("type").asString("").equals(type);
    }

    /// @param types whether its `anyOf` may tell the types of integers or texts
    private static void nested(JsonNode schema, boolean types, String path, FieldErrors errors) {
        for (String keyword : NOT_NESTED) {
            if (schema.has(keyword)) {
                errors.forbidden(path + "." + keyword, "must be " + emptiness(keyword) + " to be structural");
            }
        }
        if (schema.has("additionalProperties")) {
            errors.forbidden(path + ".additionalProperties", "must be undefined to be structural");
        }
        combined(schema, types, false, path, errors);
        if (schema.path("items").isArray()) {
            errors.forbidden(path + ".items", "items must be a schema object and not an array");
        } else if (schema.path("items").isObject()) {
            nested(schema.get("items"), false, path + ".items", errors);
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String below = path + ".properties[" + property.getKey() + "]";
            if (property.getKey().equals("metadata")) {
                errors.forbidden(below, "must not be specified in a nested context");
            }
            nested(property.getValue(), false, below, errors);
        }
    }

    private static String emptiness(String keyword) {
        return switch (keyword) {
            case "default", "x-kubernetes-list-type", "x-kubernetes-map-type" -> "undefined";
            case "type", "title", "description", "x-kubernetes-list-map-keys", "x-kubernetes-validations" -> "empty";
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
}
