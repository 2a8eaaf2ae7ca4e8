package io.gantry.apiserver.table;

import io.gantry.api.StatusException;

/// What stands beside the cells of a row (query parameter `includeObject`).
public enum IncludeObject {
    NONE,
    METADATA,
    OBJECT;

    /// From the query; empty is [#METADATA].
    ///
    /// @throws StatusException 400 for anything else
    public static IncludeObject parse(String value) {
        return switch (value) {
            case "", "Metadata" -> METADATA;
            case "None" -> NONE;
            case "Object" -> OBJECT;
            default ->
                throw StatusException.badRequest(
                        "Unable to convert to Table as requested: includeObject: Unsupported value: \"" + value
                                + "\": supported values: \"Metadata\", \"None\", \"Object\"");
        };
    }
}
