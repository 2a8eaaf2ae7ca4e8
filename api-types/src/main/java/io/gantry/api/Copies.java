package io.gantry.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ordered, unmodifiable copies for record components: an absent list or map is an empty one, and order is kept so
/// that seeded tests repeat. A copy of a copy is itself.
public final class Copies {
    private Copies() {}

    /// An unmodifiable copy in the same order; empty for null. Elements may be null (JSON allows them).
    public static <T> List<T> list(@Nullable List<T> source) {
        if (source == null || source.isEmpty()) {
            return List.of();
        }
        return source instanceof FixedList<T> ? source : new FixedList<>(source.toArray());
    }

    /// An unmodifiable copy in the same order; empty for null.
    public static <V> Map<String, V> map(@Nullable Map<String, V> source) {
        if (source == null || source.isEmpty()) {
            return Map.of();
        }
        if (source instanceof FixedMap<V>) {
            return source;
        }
        return source.size() <= FixedMap.MAX_SIZE
                ? FixedMap.copyOf(source)
                : Collections.unmodifiableMap(new LinkedHashMap<>(source));
    }
}
