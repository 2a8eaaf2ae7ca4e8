package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import tools.jackson.databind.JsonNode;

/// Rules of the numbers in a status, told of its tree: an absent number counts as zero.
public final class StatusCounts {
    private static final String PATH = "status.";

    private final JsonNode status;
    private final FieldErrors errors;

    private StatusCounts(JsonNode status, FieldErrors errors) {
        this.status = status;
        this.errors = errors;
    }

    /// Of an object's status; faults go to `errors`.
    public static StatusCounts of(JsonNode object, FieldErrors errors) {
        return new StatusCounts(object.path("status"), errors);
    }

    /// Each is at least zero.
    public StatusCounts nonNegative(String... fields) {
        for (String field : fields) {
            Numbers.nonNegative(count(status, field), PATH + field, errors);
        }
        return this;
    }

    /// Neither of the fields is above `bound`, which the text calls `boundName`.
    public StatusCounts notAbove(String bound, String boundName, String... fields) {
        for (String field : fields) {
            long count = count(status, field);
            if (count > count(status, bound)) {
                errors.invalid(PATH + field, count, "cannot be greater than " + boundName);
            }
        }
        return this;
    }

    /// It never gets less (upstream `IsDecremented`).
    public StatusCounts notDecremented(String field, JsonNode old) {
        JsonNode before = old.path("status").path(field);
        if (before.isNumber()
                && (!status.path(field).isNumber() || count(status, field) < count(old.path("status"), field))) {
            errors.invalid(PATH + field, count(status, field), "cannot be decremented");
        }
        return this;
    }

    private static long count(JsonNode status, String field) {
        return status.path(field).asLong(0);
    }
}
