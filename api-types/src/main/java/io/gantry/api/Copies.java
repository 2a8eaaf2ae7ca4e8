package io.gantry.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ordered, unmodifiable copies for record components: an absent list or map is an empty one, and order is kept so
/// that seeded tests repeat.
public final class Copies {
    private Copies() {}

    /// An unmodifiable copy in the same order; empty for null. Elements may be null (JSON allows them).
    public static <T> List<T> list(@Nullable List<T> source) {
        if (source == null || source.isEmpty()) {
            return List.of();
        }
        return Collections.unmodifiableList(new ArrayList<>(source));
    }

    /// An unmodifiable copy in the same order; empty for null.
    public static <V> Map<String, V> map(@Nullable Map<String, V> source) {
        if (source == null || source.isEmpty()) {
            return Map.of();
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(source));
    }
}
