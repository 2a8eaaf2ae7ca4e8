package io.gantry.cel.cost;

import java.util.Optional;

/// What a call costs without its arguments, and how large its result is where that is known.
record CallEstimate(Range cost, Optional<Range> resultSize) {
    static CallEstimate of(Range cost) {
        return new CallEstimate(cost, Optional.empty());
    }

    static CallEstimate of(Range cost, Range resultSize) {
        return new CallEstimate(cost, Optional.of(resultSize));
    }
}
