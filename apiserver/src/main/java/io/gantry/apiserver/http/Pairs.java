package io.gantry.apiserver.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lookups in names and values that stand in turn. There are few of them, so a look at each is the quickest.
final class Pairs {
    private Pairs() {}

    /// The first value of a name, or null.
    static @Nullable String first(String[] pairs, String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /// Every value of a name, in order.
    static List<String> all(String[] pairs, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                values.add(pairs[i + 1]);
            }
        }
        return values;
    }
}
