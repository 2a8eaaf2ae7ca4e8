package io.gantry.api;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An unmodifiable, ordered map of a few entries in one array, keys and values in turn: labels, annotations, resources.
/// A sixth of the memory of a `LinkedHashMap`, and at this size no slower. Values may be null.
@SuppressWarnings("unchecked")
final class FixedMap<V> extends AbstractMap<String, V> {
    /// Beyond it, looking through all keys is slower than hashing.
    static final int MAX_SIZE = 12;

    private final Object[] keysAndValues;

    /// @param keysAndValues valid; owned by the map from now on
    FixedMap(Object[] keysAndValues) {
        this.keysAndValues = keysAndValues;
    }

    /// Whether these are few enough and no key comes twice.
    static boolean isValid(Object[] keysAndValues) {
        if (keysAndValues.length > 2 * MAX_SIZE) {
            return false;
        }
        for (int i = 2; i < keysAndValues.length; i += 2) {
            for (int j = 0; j < i; j += 2) {
                if (keysAndValues[i].equals(keysAndValues[j])) {
                    return false;
                }
            }
        }
        return true;
    }

    boolean holdsSame(FixedMap<?> other) {
        return Copies.areSame(keysAndValues, other.keysAndValues);
    }

    static <V> FixedMap<V> copyOf(Map<String, V> source) {
        Object[] all = new Object[source.size() * 2];
        int at = 0;
        for (Map.Entry<String, V> entry : source.entrySet()) {
            all[at++] = entry.getKey();
            all[at++] = entry.getValue();
        }
        return new FixedMap<>(all);
    }

    /// Where the key is, negative when it is not there.
    private int find(@Nullable Object key) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (Objects.equals(keysAndValues[i], key)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        int at = find(key);
        return at < 0 ? null : (V) keysAndValues[at + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    public int size() {
        return keysAndValues.length / 2;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            action.accept((String) keysAndValues[i], (V) keysAndValues[i + 1]);
        }
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            sum += Objects.hashCode(keysAndValues[i]) ^ Objects.hashCode(keysAndValues[i + 1]);
        }
        return sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || super.equals(other);
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, V>> {
        @Override
        public int size() {
            return FixedMap.this.size();
        }

        @Override
        public Iterator<Map.Entry<String, V>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < keysAndValues.length;
                }

                @Override
                public Map.Entry<String, V> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    next += 2;
                    return new SimpleImmutableEntry<>((String) keysAndValues[next - 2], (V) keysAndValues[next - 1]);
                }
            };
        }
    }
}
