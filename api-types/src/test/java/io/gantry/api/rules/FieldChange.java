package io.gantry.api.rules;

import io.gantry.api.Json;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One changed field of a valid object, and what kube-apiserver 1.36.1 found wrong with it.
///
/// @param subresource `status`, or empty for the object
/// @param path names of fields and places in lists; what is not there is made
/// @param value missing where the field is taken away
/// @param faults as the server told them, without order; empty where it took the object
record FieldChange(ObjectNode base, String subresource, ArrayNode path, JsonNode value, List<String> faults) {
    /// The changes of a file beside this class: `bases` and `cases`, each with the number of its base.
    static Stream<FieldChange> all(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(FieldChange.class.getResourceAsStream(resource))) {
            JsonNode file = Json.MAPPER.readTree(in.readAllBytes());
            return file.path("cases").valueStream().map(one -> of(file, one));
        }
    }

    private static FieldChange of(JsonNode file, JsonNode one) {
        return new FieldChange(
                (ObjectNode) file.path("bases").get(one.path("base").asInt()),
                one.path("subresource").asString(""),
                (ArrayNode) one.path("path"),
                one.path("value"),
                one.path("faults").valueStream().map(JsonNode::asString).toList());
    }

    KindDefinition<?> definition() {
        return KindCatalog.all().stream()
                .filter(definition -> definition
                                .kind()
                                .apiVersion()
                                .equals(base.path("apiVersion").asString(""))
                        && definition.kind().name().equals(base.path("kind").asString("")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return base.path("kind").asString("") + " " + path + (value.isMissingNode() ? " absent" : "=" + value);
    }

    ObjectNode changed() {
        ObjectNode object = base.deepCopy();
        JsonNode at = object;
        for (int i = 0; i < path.size() - 1; i++) {
            at = child(at, path.get(i), path.get(i + 1).isNumber());
        }
        JsonNode last = path.get(path.size() - 1);
        switch (at) {
            case ArrayNode list when value.isMissingNode() -> list.remove(last.asInt());
            case ArrayNode list -> {
                fill(list, last.asInt());
                list.set(last.asInt(), value);
            }
            case ObjectNode fields when value.isMissingNode() -> fields.remove(last.asString());
            case ObjectNode fields -> fields.set(last.asString(), value);
            default -> throw new IllegalStateException("no container at " + path);
        }
        return object;
    }

    private static JsonNode child(JsonNode at, JsonNode step, boolean isList) {
        if (at instanceof ArrayNode list) {
            fill(list, step.asInt());
            return list.get(step.asInt());
        }
        ObjectNode fields = (ObjectNode) at;
        if (!fields.path(step.asString()).isContainer()) {
            fields.set(step.asString(), isList ? fields.arrayNode() : fields.objectNode());
        }
        return fields.get(step.asString());
    }

    private static void fill(ArrayNode list, int last) {
        while (list.size() <= last) {
            list.addObject();
        }
    }
}
