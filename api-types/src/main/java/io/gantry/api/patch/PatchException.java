package io.gantry.api.patch;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.StatusDetailsBuilder;

/// The errors of patches as Statuses.
final class PatchException {
    private static final int UNPROCESSABLE = 422;

    private PatchException() {}

    /// A JSON patch that does not apply: upstream answers a generic 422 that does not say why; [#why] knows.
    static StatusException doesNotApply(String why) {
        StatusException refusal = StatusException.of(
                UNPROCESSABLE,
                "Invalid",
                "the server rejected our request due to an error in our request",
                StatusDetailsBuilder.builder().build());
        refusal.initCause(new IllegalArgumentException(why));
        return refusal;
    }

    /// What was wrong, in words that the answer may lack.
    static String why(StatusException refusal) {
        Throwable cause = refusal.getCause();
        return String.valueOf(cause == null ? refusal.getMessage() : cause.getMessage());
    }

    /// A strategic merge patch that cannot be merged: upstream has no better status for most of what is wrong with one
    /// (`handlers/patch.go`, `interpretStrategicMergePatchError`).
    static StatusException unmergeable(String why) {
        return StatusException.of(500, "", why, null);
    }

    /// A list in a list, which upstream does not merge.
    static StatusException listOfLists() {
        return StatusException.of(
                UNPROCESSABLE,
                "Invalid",
                "the server rejected our request due to an error in our request",
                StatusDetailsBuilder.builder().build());
    }

    static StatusException malformed(String why) {
        return StatusException.badRequest(why);
    }
}
