package io.gantry.apiserver.cel.rules;

import io.gantry.api.schema.Correlation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether a value is as it was before: an error in what did not change is passed by (upstream's
/// `ratchetingOptions`). Compared when asked for the first time. Used by one thread.
final class Unchanged {
    private final Correlation correlation;
    private final JsonNode value;
    private final Optional<JsonNode> old;
    private final @Nullable Unchanged ancestor;
    private @Nullable Boolean same;

    /// @param old what the value is matched with; empty when nothing can be
    /// @param ancestor the nearest that could be matched, null where there is none
    private Unchanged(Correlation correlation, JsonNode value, Optional<JsonNode> old, @Nullable Unchanged ancestor) {
        this.correlation = correlation;
        this.value = value;
        this.old = old;
        this.ancestor = ancestor;
    }

    static Unchanged of(RuleNode root, JsonNode object, Optional<JsonNode> old) {
        return new Unchanged(root.correlation(), object, old, null);
    }

    Optional<JsonNode> old() {
        return old;
    }

    boolean holds() {
        if (same == null) {
            same = old.map(before -> correlation.isUnchanged(value, before))
                    .orElseGet(() -> ancestor != null && ancestor.holds());
        }
        return same;
    }

    /// For a value below this one.
    Unchanged below(RuleNode node, JsonNode valueBelow, Optional<JsonNode> oldBelow) {
        return new Unchanged(node.correlation(), valueBelow, oldBelow, old.isPresent() ? this : ancestor);
    }

    /// For a field of this object. Version and kind of the whole object count as new: the old one was
    /// converted to them.
    Unchanged field(RuleNode node, String name, JsonNode field) {
        boolean converted = ancestor == null && (name.equals("apiVersion") || name.equals("kind"));
        return converted
                ? new Unchanged(node.correlation(), field, Optional.empty(), null)
                : below(node, field, old.map(object -> object.get(name)));
    }

    /// For the same value, as if it could not be matched.
    Unchanged unmatched() {
        return new Unchanged(correlation, value, Optional.empty(), ancestor);
    }
}
