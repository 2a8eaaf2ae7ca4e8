package io.gantry.api.patch;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.StatusCauseBuilder;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import java.util.List;

/// The errors of patches as Statuses.
final class PatchException {
    private static final int UNPROCESSABLE = 422;

    private PatchException() {}

    /// A JSON patch that does not apply: upstream answers a generic 422; what went wrong is in the cause.
    static StatusException doesNotApply(String why) {
        var cause = StatusCauseBuilder.builder()
                .reason("UnexpectedServerResponse")
                .message(why)
                .build();
        return StatusException.of(
                UNPROCESSABLE,
                "Invalid",
                "the server rejected our request due to an error in our request",
                StatusDetailsBuilder.builder().causes(List.of(cause)).build());
    }

    static StatusException malformed(String why) {
        return StatusException.badRequest(why);
    }
}
