package io.gantry.api.managedfields;

import io.gantry.api.schema.AnySchema;
import io.gantry.api.schema.Field;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.MapSchema;
import io.gantry.api.schema.ScalarSchema;
import io.gantry.api.schema.Schema;
import io.gantry.api.schema.StructSchema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How server-side apply looks at a value of a schema.
enum Shape {
    /// Owned as a whole.
    LEAF,
    /// Fields are owned one by one.
    MAP,
    /// Items are owned one by one.
    LIST;

    /// The shape of a pair of values, of which one may be absent or null.
    static Shape of(Schema schema, @Nullable JsonNode left, @Nullable JsonNode right) {
        if (schema.atomic()) {
            return LEAF;
        }
        boolean objects = (left == null || left.isNull() || left.isObject())
                && (right == null || right.isNull() || right.isObject());
        boolean arrays = (left == null || left.isNull() || left.isArray())
                && (right == null || right.isNull() || right.isArray());
        return switch (schema) {
            case StructSchema struct -> objects ? MAP : LEAF;
            case MapSchema map -> objects ? MAP : LEAF;
            case AnySchema any -> objects ? MAP : LEAF;
            case ListSchema list -> arrays ? LIST : LEAF;
            case ScalarSchema scalar -> LEAF;
        };
    }

    /// The schema of a field of a [#MAP].
    static Schema child(Schema schema, String key) {
        return switch (schema) {
            case StructSchema struct -> {
                Field field = struct.field(key);
                yield field == null ? AnySchema.DEDUCED : field.schema();
            }
            case MapSchema map -> map.values();
            case AnySchema any -> any;
            case ListSchema list -> list.items();
            case ScalarSchema scalar -> scalar;
        };
    }

    /// Whether the key is a declared field, not a free key.
    static boolean isNamed(Schema schema, String key) {
        return schema instanceof StructSchema struct && struct.field(key) != null;
    }
}
