package io.gantry.apiserver.cel.rules;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What of a value was there before: an error in what did not change is passed by.
///
/// @param old what the value is matched with; empty when nothing can be
/// @param ancestor whether the nearest ancestor that could be matched did not change
record Unchanged(Optional<JsonNode> old, boolean ancestor) {
    static Unchanged of(Optional<JsonNode> old) {
        return new Unchanged(old, false);
    }

    boolean holds(JsonNode value) {
        return old.map(value::equals).orElse(ancestor);
    }

    /// For a value below `value`.
    Unchanged below(JsonNode value, Optional<JsonNode> oldBelow) {
        return new Unchanged(oldBelow, holds(value));
    }

    /// For the same value, as if it could not be matched.
    Unchanged unmatched() {
        return new Unchanged(Optional.empty(), ancestor);
    }
}
