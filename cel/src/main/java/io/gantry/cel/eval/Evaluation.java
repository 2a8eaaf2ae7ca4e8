package io.gantry.cel.eval;

import java.util.Optional;

/// What came of an evaluation.
///
/// @param value empty when it failed
/// @param error why it failed; empty when it did not
/// @param cost in CEL's units
public record Evaluation(Optional<Object> value, String error, long cost) {
    static final String COST_EXCEEDED = "operation cancelled: actual cost limit exceeded";

    public boolean failed() {
        return value.isEmpty();
    }

    public boolean costExceeded() {
        return error.equals(COST_EXCEEDED);
    }

    public boolean isTrue() {
        return value.filter(Boolean.TRUE::equals).isPresent();
    }
}
