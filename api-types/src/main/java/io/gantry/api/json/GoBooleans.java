package io.gantry.api.json;

import java.util.Set;

/// Truth values in texts, as Go's `strconv.ParseBool` reads them.
public final class GoBooleans {
    private static final Set<String> YES = Set.of("1", "t", "T", "true", "True", "TRUE");

    private GoBooleans() {}

    /// Whether the text says yes; what is no truth value does not.
    public static boolean isTrue(String text) {
        return YES.contains(text);
    }
}
