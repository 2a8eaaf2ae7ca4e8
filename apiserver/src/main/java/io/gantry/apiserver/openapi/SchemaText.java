package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A custom resource's schema as JSON text: a tree of it takes many times as much, and most are never looked at.
/// Immutable.
public final class SchemaText {
    private final byte[] json;

    private SchemaText(byte[] json) {
        this.json = json;
    }

    public static SchemaText of(ObjectNode schema) {
        return new SchemaText(Json.MAPPER.writeValueAsBytes(schema));
    }

    /// The schema, parsed anew: the caller's own.
    public ObjectNode tree() {
        return (ObjectNode) Json.MAPPER.readTree(json);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SchemaText text && Arrays.equals(json, text.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }
}
