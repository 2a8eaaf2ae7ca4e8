package io.gantry.api.json;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Values as Go prints what it decoded from JSON.
public final class GoValues {
    private static final String MAP = "map[string]interface {}";
    private static final String LIST = "[]interface {}";

    private GoValues() {}

    /// `%v` of a pointer to a struct of the value alone: `&{x}`.
    public static String shown(JsonNode node) {
        return "&{" + plain(node) + "}";
    }

    /// `%v`: `map[a:1 b:[x y]]`.
    public static String plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT ->
                sorted(node).entrySet().stream()
                        .map(field -> field.getKey() + ":" + plain(field.getValue()))
                        .collect(Collectors.joining(" ", "map[", "]"));
            case ARRAY -> node.values().stream().map(GoValues::plain).collect(Collectors.joining(" ", "[", "]"));
            case NULL -> "<nil>";
            case STRING -> node.stringValue();
            default -> node.toString();
        };
    }

    /// `%#v`: as it would stand in a program.
    public static String syntax(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT ->
                sorted(node).entrySet().stream()
                        .map(field -> '"' + field.getKey() + "\":" + syntax(field.getValue()))
                        .collect(Collectors.joining(", ", MAP + "{", "}"));
            case ARRAY ->
                node.values().stream().map(GoValues::syntax).collect(Collectors.joining(", ", LIST + "{", "}"));
            case NULL -> "interface {}(nil)";
            default -> node.toString();
        };
    }

    /// `%T`.
    public static String type(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> MAP;
            case ARRAY -> LIST;
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> node.isIntegralNumber() ? "int64" : "float64";
            default -> "<nil>";
        };
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
