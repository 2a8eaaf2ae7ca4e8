package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Checks that what `anyOf`, `allOf`, `oneOf` and `not` speak of has a structure outside of them.
final class SchemaCompleteness {
    private SchemaCompleteness() {}

    /// @param validation a node that validates values
    /// @param structure the node of the structural part that describes the same values; missing where there is none
    static void check(JsonNode validation, JsonNode structure, String structurePath, String path, FieldErrors errors) {
        if (validation.path("not").isObject()) {
            nested(validation.get("not"), structure, structurePath, path + ".not", errors);
        }
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            int i = 0;
            for (JsonNode each : validation.path(keyword).values()) {
                nested(each, structure, structurePath, path + "." + keyword + "[" + i++ + "]", errors);
            }
        }
    }

    private static void nested(
            JsonNode validation, JsonNode structure, String structurePath, String path, FieldErrors errors) {
        if (!structure.isObject()) {
            errors.required(structurePath, "because it is defined in " + path);
            return;
        }
        check(validation, structure, structurePath, path, errors);
        if (validation.path("items").isObject()) {
            nested(validation.get("items"), structure.path("items"), structurePath + ".items", path + ".items", errors);
        }
        for (Map.Entry<String, JsonNode> property :
                validation.path("properties").properties()) {
            String name = ".properties[" + property.getKey() + "]";
            nested(
                    property.getValue(),
                    structure.path("properties").path(property.getKey()),
                    structurePath + name,
                    path + name,
                    errors);
        }
    }
}
