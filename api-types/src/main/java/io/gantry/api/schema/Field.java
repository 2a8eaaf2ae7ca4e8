package io.gantry.api.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// One named field of a struct.
///
/// @param name as in JSON
/// @param schema the type of the value
/// @param required whether it must be present
/// @param nullable whether an explicit null is kept: where a custom resource says so, and in lists and times that
///   Go writes as null where they are empty
/// @param defaultValue the constant default, or null; never changed: copy before use
/// @param merge what a strategic merge patch does
/// @param emptyIsWritten whether Go writes an empty text, so that OpenAPI tells it as the default
/// @param zeroIsAbsent whether Go does not write a zero (empty text, false, 0), so that it means nothing
/// @param description for `explain`, empty where unknown
public record Field(
        String name,
        Schema schema,
        boolean required,
        boolean nullable,
        @Nullable JsonNode defaultValue,
        MergeStrategy merge,
        boolean emptyIsWritten,
        boolean zeroIsAbsent,
        String description) {
    private static final JsonNode EMPTY_TEXT = StringNode.valueOf("");

    /// What an item of a list is known by that does not say this key, or null when it cannot be known.
    public @Nullable JsonNode keyDefault() {
        return defaultValue == null && emptyIsWritten ? EMPTY_TEXT : defaultValue;
    }
}
