package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One method of one path.
///
/// @param method in lower case
/// @param id unique in the document
/// @param subject what is done to which kind; empty where the operation is about none
/// @param parameters of the query
/// @param types of the body and the answer
/// @param body definition of the body; empty where there is none
/// @param answer definition of the answer; empty for text
/// @param codes of success
record Operation(
        String method,
        String id,
        Optional<Subject> subject,
        List<Parameter> parameters,
        MediaTypes types,
        Optional<String> body,
        Optional<String> answer,
        List<Integer> codes) {
    private static final int UNAUTHORIZED = 401;

    /// @param action `x-kubernetes-action`
    record Subject(String action, GroupVersionKind kind) {
        void write(ObjectNode node) {
            node.put("x-kubernetes-action", action);
            kind.write(node.putObject(GroupVersionKind.EXTENSION));
        }
    }

    /// @param own the parameters that are not the path's
    void write(ObjectNode path, Dialect dialect, String tag, List<Parameter> own) {
        ObjectNode node = path.putObject(method);
        String description =
                subject.map(each -> each.action() + " " + each.kind().kind()).orElse("What this server is and offers.");
        node.put("description", description).put("operationId", id);
        node.putArray("tags").add(tag);
        if (dialect == Dialect.V2) {
            writeV2(node, own);
        } else {
            writeV3(node, own);
        }
        subject.ifPresent(each -> each.write(node));
    }

    private void writeV2(ObjectNode node, List<Parameter> own) {
        ArrayNode array = node.putArray("parameters");
        body.ifPresent(definition -> {
            ObjectNode parameter = array.addObject().put("name", "body").put("in", "body");
            if (bodyIsRequired()) {
                parameter.put("required", true);
            }
            parameter.set("schema", Dialect.V2.ref(definition));
        });
        own.forEach(parameter -> parameter.append(array, Dialect.V2));
        texts(node, "consumes", types.consumes());
        texts(node, "produces", types.produces());
        texts(node, "schemes", List.of("https"));
        ObjectNode responses = node.putObject("responses");
        codes.forEach(code -> response(responses, code).set("schema", schema(Dialect.V2)));
        response(responses, UNAUTHORIZED);
    }

    private static void texts(ObjectNode node, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = node.putArray(name);
            texts.forEach(array::add);
        }
    }

    private void writeV3(ObjectNode node, List<Parameter> own) {
        if (!own.isEmpty()) {
            ArrayNode array = node.putArray("parameters");
            own.forEach(parameter -> parameter.append(array, Dialect.V3));
        }
        body.ifPresent(definition -> {
            ObjectNode request = node.putObject("requestBody");
            ObjectNode content = request.putObject("content");
            types.consumes().forEach(type -> content.putObject(type).set("schema", Dialect.V3.ref(definition)));
            if (bodyIsRequired()) {
                request.put("required", true);
            }
        });
        ObjectNode responses = node.putObject("responses");
        for (int code : codes) {
            ObjectNode content = response(responses, code).putObject("content");
            types.produces().forEach(type -> content.putObject(type).set("schema", schema(Dialect.V3)));
        }
        response(responses, UNAUTHORIZED);
    }

    private boolean bodyIsRequired() {
        return !method.equals("delete");
    }

    private ObjectNode schema(Dialect dialect) {
        return answer.map(dialect::ref)
                .orElseGet(() -> Json.MAPPER.createObjectNode().put("type", "string"));
    }

    private static ObjectNode response(ObjectNode responses, int code) {
        return responses.putObject(Integer.toString(code)).put("description", describe(code));
    }

    private static String describe(int code) {
        return switch (code) {
            case 201 -> "Created";
            case 202 -> "Accepted";
            case UNAUTHORIZED -> "Unauthorized";
            default -> "OK";
        };
    }
}
