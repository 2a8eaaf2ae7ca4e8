package io.gantry.api.kind;

import io.gantry.api.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One fault of one field.
///
/// @param type becomes the cause's reason
/// @param path e.g. `spec.containers[0].name`
/// @param message without the path, as upstream words it
public record FieldError(Type type, String path, String message) {
    /// Kinds of faults with the reasons of `metav1.CauseType`.
    public enum Type {
        INVALID("FieldValueInvalid"),
        REQUIRED("FieldValueRequired"),
        NOT_SUPPORTED("FieldValueNotSupported"),
        DUPLICATE("FieldValueDuplicate"),
        FORBIDDEN("FieldValueForbidden"),
        NOT_FOUND("FieldValueNotFound"),
        TOO_LONG("FieldValueTooLong"),
        TOO_MANY("FieldValueTooMany"),
        TYPE_INVALID("FieldValueTypeInvalid");

        private final String reason;

        Type(String reason) {
            this.reason = reason;
        }

        /// The reason in a Status' causes.
        public String reason() {
            return reason;
        }
    }

    /// Path and message as one line.
    @Override
    public String toString() {
        return path + ": " + message;
    }

    static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            case JsonNode node -> node.toString();
            default -> Shown.MAPPER.writeValueAsString(value);
        };
    }

    /// Made when the first value is shown.
    private static final class Shown {
        private static final JsonMapper MAPPER = Json.sortingMaps();
    }
}
