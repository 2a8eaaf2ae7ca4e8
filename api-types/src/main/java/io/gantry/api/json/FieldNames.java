package io.gantry.api.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.SerializedString;

/// Names of fields as bytes that need no look for what to escape, made when a name is first written. A table of fixed
/// size, the later name in place of the earlier one; threads may use it at once: at worst a name is made again.
final class FieldNames {
    private static final int SIZE = 1 << 11;

    private static final @Nullable SerializedString[] TABLE = new SerializedString[SIZE];

    private FieldNames() {}

    /// @param literal a constant of a class: found again as the same instance
    @SuppressWarnings("ReferenceEquality")
    static SerializedString of(String literal) {
        int hash = literal.hashCode();
        int at = (hash ^ hash >>> 15) & SIZE - 1;
        SerializedString known = TABLE[at];
        if (known != null && known.getValue() == literal) {
            return known;
        }
        SerializedString fresh = new SerializedString(literal);
        TABLE[at] = fresh;
        return fresh;
    }
}
