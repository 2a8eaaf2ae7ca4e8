package io.gantry.api.batch.v1.job;

import io.gantry.api.kind.FieldErrors;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// The indexes that a Job's status says to be done or lost, where they change.
final class JobIndexStatusValidation {
    private static final String COMPLETED = "completedIndexes";
    private static final String FAILED = "failedIndexes";

    private JobIndexStatusValidation() {}

    static void check(JsonNode job, JsonNode old, FieldErrors errors) {
        JsonNode spec = job.path("spec");
        String completed = text(job, COMPLETED);
        String failed = text(job, FAILED);
        boolean hasFailed = job.path("status").hasNonNull(FAILED);
        boolean bounded = spec.hasNonNull("completions");
        int completions = spec.path("completions").asInt(0);
        boolean completedChanged = !completed.equals(text(old, COMPLETED));
        boolean failedChanged =
                !job.path("status").path(FAILED).equals(old.path("status").path(FAILED));
        if (completedChanged && bounded) {
            form(completed, completions, COMPLETED, errors);
        }
        if (failedChanged && bounded && spec.hasNonNull("backoffLimitPerIndex") && hasFailed) {
            form(failed, completions, FAILED, errors);
        }
        if (completedChanged
                && !completed.isEmpty()
                && !spec.path("completionMode").asString("").equals("Indexed")) {
            errors.invalid(
                    "status." + COMPLETED,
                    completed,
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (failedChanged && hasFailed && !spec.hasNonNull("backoffLimitPerIndex")) {
            errors.invalid(
                    "status." + FAILED, failed, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        if ((completedChanged || failedChanged) && bounded && hasFailed) {
            OptionalInt both = CompletionIndexes.overlap(completed, failed, completions);
            both.ifPresent(index -> errors.invalid(
                    "status." + FAILED, failed, "failedIndexes and completedIndexes overlap at index: " + index));
        }
    }

    private static void form(String indexes, int completions, String field, FieldErrors errors) {
        try {
            CompletionIndexes.count(indexes, completions);
        } catch (IllegalArgumentException fault) {
            errors.invalid("status." + field, indexes, "error parsing " + field + ": " + fault.getMessage());
        }
    }

    private static String text(JsonNode job, String field) {
        return job.path("status").path(field).asString("");
    }
}
