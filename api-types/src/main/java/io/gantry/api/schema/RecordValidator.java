package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Checks what the annotations of a built-in kind declare: required fields and closed sets. Status is not checked, as
/// upstream does not. Required lists and maps may be absent, since Go's decoding takes that for empty.
final class RecordValidator {
    private final FieldErrors errors;
    private final PathStack path = new PathStack();

    RecordValidator(FieldErrors errors) {
        this.errors = errors;
    }

    void root(StructSchema schema, JsonNode object) {
        required(schema, object);
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = schema.field(entry.getKey());
            if (field != null
                    && !entry.getKey().equals("status")
                    && !entry.getKey().equals("metadata")) {
                path.push(entry.getKey());
                value(field, field.schema(), entry.getValue());
                path.pop();
            }
        }
    }

    private void struct(StructSchema schema, JsonNode object) {
        required(schema, object);
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = schema.field(entry.getKey());
            if (field != null && !isOfTemplate(field)) {
                path.push(entry.getKey());
                value(field, field.schema(), entry.getValue());
                path.pop();
            }
        }
    }

    /// Metadata and status of a template, of which the rules check what means anything.
    private static boolean isOfTemplate(Field field) {
        return field.schema() instanceof StructSchema
                && (field.name().equals("metadata") || field.name().equals("status"));
    }

    private void required(StructSchema schema, JsonNode object) {
        for (Field field : schema.required()) {
            if (!object.has(field.name())) {
                errors.required(path.bracketedWith(field.name()), "");
            }
        }
    }

    private void value(Field field, Schema schema, JsonNode value) {
        switch (schema) {
            case ScalarSchema scalar -> closedSet(field, scalar, value);
            case StructSchema struct -> struct(struct, value);
            case MapSchema map -> {
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    path.push(entry);
                    value(field, map.values(), entry.getValue());
                    path.pop();
                }
            }
            case ListSchema list -> {
                for (int i = 0; i < value.size(); i++) {
                    path.push(i);
                    value(field, list.items(), value.get(i));
                    path.pop();
                }
            }
            case AnySchema any -> {}
        }
    }

    private void closedSet(Field field, ScalarSchema scalar, JsonNode value) {
        if (scalar.allowed().isEmpty() || scalar.allowed().contains(value.asString())) {
            return;
        }
        if (field.required() && value.asString().isEmpty()) {
            errors.required(path.bracketed(), "");
        } else {
            errors.notSupported(path.bracketed(), value.asString(), scalar.allowed());
        }
    }
}
