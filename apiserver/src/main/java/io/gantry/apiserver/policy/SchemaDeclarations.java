package io.gantry.apiserver.policy;

import io.gantry.api.schema.AnySchema;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.MapSchema;
import io.gantry.api.schema.ScalarSchema;
import io.gantry.api.schema.Schema;
import io.gantry.api.schema.StructSchema;
import io.gantry.cel.type.DeclType;
import io.gantry.cel.type.FieldNames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Types in CEL out of the schemas of resources, for checking policies before they meet an object. Used once.
final class SchemaDeclarations {
    private static final int MAX_DEPTH = 32;

    private final Deque<Schema> above = new ArrayDeque<>();

    private SchemaDeclarations() {}

    /// @param name of the type, unique in its environment
    static DeclType of(StructSchema root, String name) {
        return new SchemaDeclarations().type(root).named(name);
    }

    private DeclType type(Schema schema) {
        // A type that contains itself, such as JSONSchemaProps, is anything from there on.
        if (above.contains(schema) || above.size() > MAX_DEPTH) {
            return DeclType.DYN;
        }
        above.push(schema);
        try {
            return switch (schema) {
                case StructSchema struct -> struct.fields().isEmpty() ? DeclType.DYN : object(struct);
                case MapSchema map -> DeclType.map(type(map.values()), Long.MAX_VALUE);
                case ListSchema list ->
                    DeclType.list(type(list.items()), Long.MAX_VALUE, DeclType.ListKind.ATOMIC, List.of());
                case ScalarSchema scalar -> scalar(scalar.type());
                case AnySchema any -> DeclType.DYN;
            };
        } finally {
            above.pop();
        }
    }

    private DeclType object(StructSchema struct) {
        Map<String, DeclType> fields = new LinkedHashMap<>();
        struct.fields()
                .forEach((name, field) ->
                        FieldNames.escape(name).ifPresent(escaped -> fields.put(escaped, type(field.schema()))));
        return DeclType.object("", fields, 2);
    }

    private static DeclType scalar(ScalarSchema.Type type) {
        return switch (type) {
            case STRING, QUANTITY -> DeclType.STRING;
            case BOOLEAN -> DeclType.BOOL;
            case INT32, INT64, INTEGER -> DeclType.INT;
            case NUMBER -> DeclType.DOUBLE;
            case BYTES -> DeclType.simple(DeclType.Kind.BYTES, 0, 2, "byte");
            case TIME, MICRO_TIME -> DeclType.simple(DeclType.Kind.TIMESTAMP, 32, 21, "date-time");
            case INT_OR_STRING -> DeclType.DYN;
        };
    }
}
