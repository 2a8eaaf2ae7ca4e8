package io.gantry.apiserver.policy;

import io.gantry.api.schema.Field;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.MapSchema;
import io.gantry.api.schema.Schema;
import io.gantry.api.schema.StructSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Finds what an apply would replace as a whole: a policy that names a part of it would lose the rest.
final class Atomics {
    private Atomics() {}

    /// Paths such as `.spec.nodeSelector`.
    static List<String> in(Schema schema, JsonNode value) {
        List<String> found = new ArrayList<>();
        visit(schema, value, "", found);
        return found;
    }

    private static void visit(Schema schema, JsonNode value, String path, List<String> found) {
        boolean container =
                schema instanceof StructSchema || schema instanceof MapSchema || schema instanceof ListSchema;
        if (container && schema.atomic()) {
            found.add(path);
            return;
        }
        switch (schema) {
            case StructSchema struct -> {
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    Field field = struct.field(entry.getKey());
                    if (field != null) {
                        visit(field.schema(), entry.getValue(), path + "." + entry.getKey(), found);
                    }
                }
            }
            case MapSchema map ->
                value.properties()
                        .forEach(entry -> visit(map.values(), entry.getValue(), path + "." + entry.getKey(), found));
            case ListSchema list -> {
                for (int i = 0; i < value.size(); i++) {
                    visit(list.items(), value.get(i), path + "[" + i + "]", found);
                }
            }
            default -> {}
        }
    }
}
