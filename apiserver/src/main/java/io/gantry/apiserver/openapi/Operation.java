package io.gantry.apiserver.openapi;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One method of one path.
///
/// @param method in lower case
/// @param action `x-kubernetes-action`
/// @param id unique in the document
/// @param kind what the operation is about
/// @param parameters of the query
/// @param consumes media types of the body; empty where there is none
/// @param body definition of the body; empty where there is none
/// @param answer definition of the answer; empty for text
/// @param codes of success
record Operation(
        String method,
        String action,
        String id,
        GroupVersionKind kind,
        List<Parameter> parameters,
        List<String> consumes,
        Optional<String> body,
        Optional<String> answer,
        List<Integer> codes) {
    private static final List<String> PRODUCES = List.of("application/json", "application/yaml");

    void write(ObjectNode path, Dialect dialect, String tag) {
        ObjectNode node = path.putObject(method);
        node.put("description", action + " " + kind.kind()).put("operationId", id);
        node.putArray("tags").add(tag);
        ArrayNode array = node.putArray("parameters");
        parameters.forEach(parameter -> parameter.append(array, dialect));
        if (dialect == Dialect.V2) {
            writeV2(node, array);
        } else {
            writeV3(node);
        }
        node.put("x-kubernetes-action", action);
        kind.write(node.putObject(GroupVersionKind.EXTENSION));
    }

    private void writeV2(ObjectNode node, ArrayNode array) {
        ArrayNode consumed = node.putArray("consumes");
        (consumes.isEmpty() ? List.of("*/*") : consumes).forEach(consumed::add);
        ArrayNode produced = node.putArray("produces");
        PRODUCES.forEach(produced::add);
        body.ifPresent(definition -> array.addObject()
                .put("name", "body")
                .put("in", "body")
                .put("required", !method.equals("delete"))
                .set("schema", Dialect.V2.ref(definition)));
        ObjectNode responses = node.putObject("responses");
        for (int code : codes) {
            responses
                    .putObject(Integer.toString(code))
                    .put("description", describe(code))
                    .set("schema", schema(Dialect.V2));
        }
    }

    private void writeV3(ObjectNode node) {
        body.ifPresent(definition -> {
            ObjectNode request = node.putObject("requestBody");
            ObjectNode content = request.putObject("content");
            (consumes.isEmpty() ? List.of("*/*") : consumes)
                    .forEach(type -> content.putObject(type).set("schema", Dialect.V3.ref(definition)));
            if (!method.equals("delete")) {
                request.put("required", true);
            }
        });
        ObjectNode responses = node.putObject("responses");
        for (int code : codes) {
            ObjectNode response = responses.putObject(Integer.toString(code)).put("description", describe(code));
            ObjectNode content = response.putObject("content");
            PRODUCES.forEach(type -> content.putObject(type).set("schema", schema(Dialect.V3)));
        }
    }

    private ObjectNode schema(Dialect dialect) {
        return answer.map(dialect::ref)
                .orElseGet(() -> io.gantry.api.Json.MAPPER.createObjectNode().put("type", "string"));
    }

    private static String describe(int code) {
        return switch (code) {
            case 201 -> "Created";
            case 202 -> "Accepted";
            default -> "OK";
        };
    }
}
