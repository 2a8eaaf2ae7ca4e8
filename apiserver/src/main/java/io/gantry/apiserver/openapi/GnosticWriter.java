package io.gantry.apiserver.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Writes a v2 document in gnostic's protobuf (`openapi.v2.Document`), which kubectl before 1.29 asks for.
/// Knows what the documents of this package hold, not all of OpenAPI.
final class GnosticWriter {
    private static final Map<String, Integer> METHODS =
            Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "options", 6, "head", 7, "patch", 8);
    private static final Map<String, Integer> SCHEMA_TEXTS =
            Map.of("$ref", 1, "format", 2, "title", 3, "description", 4, "pattern", 13, "discriminator", 26);
    private static final Map<String, Integer> SCHEMA_DOUBLES = Map.of("multipleOf", 6, "maximum", 7, "minimum", 9);
    private static final Map<String, Integer> SCHEMA_BOOLS =
            Map.of("exclusiveMaximum", 8, "exclusiveMinimum", 10, "uniqueItems", 16, "readOnly", 27);
    private static final Map<String, Integer> SCHEMA_LONGS = Map.of(
            "maxLength", 11, "minLength", 12, "maxItems", 14, "minItems", 15, "maxProperties", 17, "minProperties", 18);

    private GnosticWriter() {}

    static byte[] document(JsonNode document) {
        WireMessage message = new WireMessage().text(1, document.path("swagger"));
        JsonNode info = document.path("info");
        message.message(2, new WireMessage().text(1, info.path("title")).text(2, info.path("version")));
        WireMessage paths = new WireMessage();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            paths.message(2, named(path.getKey(), pathItem(path.getValue())));
        }
        message.message(8, paths);
        message.message(9, schemas(document.path("definitions")));
        for (JsonNode requirement : document.path("security")) {
            message.message(12, security(requirement));
        }
        WireMessage schemes = new WireMessage();
        for (Map.Entry<String, JsonNode> scheme :
                document.path("securityDefinitions").properties()) {
            schemes.message(1, named(scheme.getKey(), key(scheme.getValue())));
        }
        return message.message(13, schemes).bytes();
    }

    private static WireMessage security(JsonNode requirement) {
        WireMessage message = new WireMessage();
        for (Map.Entry<String, JsonNode> each : requirement.properties()) {
            message.message(1, named(each.getKey(), new WireMessage().texts(1, each.getValue())));
        }
        return message;
    }

    private static WireMessage key(JsonNode scheme) {
        WireMessage key = new WireMessage()
                .text(1, scheme.path("type"))
                .text(2, scheme.path("name"))
                .text(3, scheme.path("in"))
                .text(4, scheme.path("description"));
        return new WireMessage().message(2, key);
    }

    private static WireMessage pathItem(JsonNode path) {
        WireMessage message = new WireMessage();
        for (Map.Entry<String, JsonNode> entry : path.properties()) {
            Optional.ofNullable(METHODS.get(entry.getKey()))
                    .ifPresent(number -> message.message(number, operation(entry.getValue())));
        }
        for (JsonNode parameter : path.path("parameters")) {
            message.message(9, parameter(parameter));
        }
        return message;
    }

    private static WireMessage operation(JsonNode operation) {
        WireMessage message = new WireMessage()
                .texts(1, operation.path("tags"))
                .text(3, operation.path("description"))
                .text(5, operation.path("operationId"))
                .texts(6, operation.path("produces"))
                .texts(7, operation.path("consumes"));
        for (JsonNode parameter : operation.path("parameters")) {
            message.message(8, parameter(parameter));
        }
        WireMessage responses = new WireMessage();
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
            responses.message(1, named(response.getKey(), response(response.getValue())));
        }
        message.message(9, responses).texts(10, operation.path("schemes"));
        return extensions(message, 13, operation);
    }

    private static WireMessage response(JsonNode response) {
        WireMessage message = new WireMessage().text(1, response.path("description"));
        if (response.has("schema")) {
            message.message(2, new WireMessage().message(1, schema(response.path("schema"))));
        }
        return new WireMessage().message(1, message);
    }

    private static WireMessage parameter(JsonNode parameter) {
        String in = parameter.path("in").asString("");
        WireMessage typed = new WireMessage();
        if (in.equals("body")) {
            typed.message(
                    1,
                    new WireMessage()
                            .text(2, parameter.path("name"))
                            .text(3, parameter.path("in"))
                            .bool(4, parameter.path("required"))
                            .message(5, schema(parameter.path("schema"))));
        } else {
            boolean path = in.equals("path");
            WireMessage simple = new WireMessage()
                    .bool(1, parameter.path("required"))
                    .text(2, parameter.path("in"))
                    .text(3, parameter.path("description"))
                    .text(4, parameter.path("name"))
                    .text(path ? 5 : 6, parameter.path("type"));
            typed.message(2, new WireMessage().message(path ? 4 : 3, simple));
        }
        return new WireMessage().message(1, typed);
    }

    private static WireMessage schemas(JsonNode schemas) {
        WireMessage message = new WireMessage();
        for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
            message.message(1, named(schema.getKey(), schema(schema.getValue())));
        }
        return message;
    }

    private static WireMessage schema(JsonNode schema) {
        WireMessage message = new WireMessage();
        SCHEMA_TEXTS.forEach((name, number) -> message.text(number, schema.path(name)));
        SCHEMA_DOUBLES.forEach((name, number) -> message.number(number, schema.path(name)));
        SCHEMA_BOOLS.forEach((name, number) -> message.bool(number, schema.path(name)));
        SCHEMA_LONGS.forEach((name, number) -> message.integer(number, schema.path(name)));
        if (schema.has("default")) {
            message.message(5, any(schema.path("default")));
        }
        message.texts(19, schema.path("required"));
        for (JsonNode value : schema.path("enum")) {
            message.message(20, any(value));
        }
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isBoolean()) {
            message.message(21, new WireMessage().bool(2, additional));
        } else if (additional.isObject()) {
            message.message(21, new WireMessage().message(1, schema(additional)));
        }
        if (schema.path("type").isString()) {
            message.message(22, new WireMessage().text(1, schema.path("type")));
        }
        if (schema.path("items").isObject()) {
            message.message(23, new WireMessage().message(1, schema(schema.path("items"))));
        }
        if (schema.path("properties").isObject()) {
            message.message(25, schemas(schema.path("properties")));
        }
        return extensions(message, 31, schema);
    }

    private static WireMessage extensions(WireMessage message, int number, JsonNode node) {
        List<Map.Entry<String, JsonNode>> extensions = node.properties().stream()
                .filter(property -> property.getKey().startsWith("x-"))
                .toList();
        extensions.forEach(each -> message.message(number, named(each.getKey(), any(each.getValue()))));
        return message;
    }

    private static WireMessage any(JsonNode value) {
        return new WireMessage().text(2, GnosticYaml.of(value));
    }

    private static WireMessage named(String name, WireMessage value) {
        return new WireMessage().text(1, name).message(2, value);
    }
}
