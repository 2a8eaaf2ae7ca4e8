package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.Formats;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The formats of a definition's schemas that say nothing to the API server (upstream
/// `apiextensions-apiserver/pkg/apiserver/validation/formats.go`, `GetUnrecognizedFormats`).
final class UnknownFormats {
    private static final List<String> SCHEMAS = List.of("not", "additionalProperties", "additionalItems", "items");
    private static final List<String> LISTS = List.of("items", "allOf", "anyOf", "oneOf");
    private static final List<String> MAPS = List.of("properties", "patternProperties", "definitions", "dependencies");

    private final Set<String> found = new LinkedHashSet<>();

    private UnknownFormats() {}

    static Set<String> of(JsonNode definition) {
        UnknownFormats formats = new UnknownFormats();
        for (JsonNode version : definition.path("spec").path("versions").values()) {
            formats.visit(version.path("schema").path("openAPIV3Schema"));
        }
        return formats.found;
    }

    private void visit(JsonNode schema) {
        if (!schema.isObject()) {
            return;
        }
        String format = schema.path("format").asString("");
        if (!format.isEmpty() && !isKnown(schema.path("type").asString(""), format)) {
            found.add(format);
        }
        SCHEMAS.forEach(name -> visit(schema.path(name)));
        LISTS.stream().map(schema::path).filter(JsonNode::isArray).forEach(each -> each.forEach(this::visit));
        MAPS.forEach(name -> schema.path(name).forEach(this::visit));
    }

    private static boolean isKnown(String type, String format) {
        return switch (type) {
            case "", "string" -> Formats.isKnown(format);
            case "integer" -> format.equals("int32") || format.equals("int64");
            case "number" -> format.equals("float") || format.equals("double");
            default -> false;
        };
    }
}
