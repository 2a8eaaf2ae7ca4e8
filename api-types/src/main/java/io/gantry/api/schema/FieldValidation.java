package io.gantry.api.schema;

import io.gantry.api.StatusException;

/// What a write does with unknown and duplicate fields (query parameter `fieldValidation`).
public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT;

    /// From the query parameter; empty is upstream's default, Warn.
    ///
    /// @throws StatusException 400 for another word
    public static FieldValidation parse(String text) {
        return switch (text) {
            case "", "Warn" -> WARN;
            case "Ignore" -> IGNORE;
            case "Strict" -> STRICT;
            default ->
                throw StatusException.badRequest("fieldValidation: Unsupported value: \"" + text
                        + "\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
        };
    }
}
