package io.gantry.api.apiextensions.v1.customresourcedefinition;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Rules of `selectableFields` (KEP-4358).
final class SelectableFieldRules {
    private static final int MAX = 8;
    private static final Set<String> TYPES = Set.of("string", "boolean", "integer");

    private SelectableFieldRules() {}

    static void validate(List<SelectableField> fields, JsonNode schema, String path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            String at = path + "[" + i + "].jsonPath";
            String field = text(fields.get(i).jsonPath());
            if (field.isEmpty()) {
                errors.required(at, "");
                continue;
            }
            String wrong = fault(field, schema);
            if (!wrong.isEmpty()) {
                errors.invalid(at, field, "is an invalid path: " + wrong);
                continue;
            }
            if (field.startsWith(".metadata")) {
                errors.invalid(at, field, "must not point to fields in metadata");
            }
            if (!TYPES.contains(found(field, schema).path("type").asString(""))) {
                errors.invalid(
                        at,
                        field,
                        "must point to a field of type string, boolean or integer. Enum string fields and strings with"
                                + " formats are allowed.");
            }
            if (!seen.add(field)) {
                errors.duplicate(at, field);
            }
        }
        if (seen.size() > MAX) {
            errors.tooMany(path, seen.size(), MAX);
        }
    }

    private static String fault(String field, JsonNode schema) {
        if (!field.startsWith(".")) {
            return "expected [ or . but got: " + field;
        }
        if (field.contains("[")) {
            return "expected . but got: [";
        }
        JsonNode at = schema;
        for (String name : field.substring(1).split("\\.", -1)) {
            if (name.isEmpty()) {
                return "unexpected end of JSON path";
            }
            at = below(at, name);
            if (at.isMissingNode()) {
                return field.startsWith(".metadata") ? "" : "does not refer to a valid field";
            }
        }
        return "";
    }

    private static JsonNode found(String field, JsonNode schema) {
        JsonNode at = schema;
        for (String name : field.substring(1).split("\\.")) {
            at = below(at, name);
        }
        return at;
    }

    private static JsonNode below(JsonNode schema, String name) {
        JsonNode property = schema.path("properties").path(name);
        return property.isMissingNode() && schema.path("additionalProperties").isObject()
                ? schema.path("additionalProperties")
                : property;
    }
}
