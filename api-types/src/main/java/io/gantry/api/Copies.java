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

    /// A list of these elements, which is one [#list] makes no copy of.
    ///
    /// @param elements owned by the list from now on
    public static <T> List<T> listOf(@Nullable Object[] elements) {
        return elements.length == 0 ? List.of() : new FixedList<>(elements);
    }

    /// A map of these entries, which is one [#map] makes no copy of. Of two entries with the same key the last counts.
    ///
    /// @param keysAndValues in turn; owned by the map from now on
    @SuppressWarnings("unchecked")
    public static <V> Map<String, V> mapOf(@Nullable Object[] keysAndValues) {
        if (keysAndValues.length == 0) {
            return Map.of();
        }
        if (FixedMap.isValid(keysAndValues)) {
            return new FixedMap<>(keysAndValues);
        }
        Map<String, V> all = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put((String) keysAndValues[i], (V) keysAndValues[i + 1]);
        }
        return map(all);
    }

    /// Whether two lists are copies that hold the same instances or equal scalars in the same order.
    public static boolean isSame(List<?> a, List<?> b) {
        return a instanceof FixedList<?> one && b instanceof FixedList<?> other && one.holdsSame(other);
    }

    /// Whether two maps are small copies that hold the same instances or equal scalars in the same order.
    public static boolean isSame(Map<?, ?> a, Map<?, ?> b) {
        return a instanceof FixedMap<?> one && b instanceof FixedMap<?> other && one.holdsSame(other);
    }

    /// Records are the same only as instances: equal quantities may have different texts.
    @SuppressWarnings("ReferenceEquality")
    static boolean areSame(@Nullable Object[] a, @Nullable Object[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i] && (a[i] == null || a[i] instanceof Record || !a[i].equals(b[i]))) {
                return false;
            }
        }
        return true;
    }
}
