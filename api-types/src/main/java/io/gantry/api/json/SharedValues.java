package io.gantry.api.json;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets objects that are read share equal texts and parts: of fifty thousand pods of a few templates, the containers,
/// tolerations, conditions and labels are the same. Records are immutable, so nobody can tell.
///
/// What was seen last is remembered in tables of fixed size, a newer value in place of an older one. Threads may read
/// and write the tables at once: at worst a value is not shared.
public final class SharedValues {
    private static final int TEXTS = 1 << 13;
    private static final int PARTS = 1 << 12;
    private static final int LONGEST_TEXT = 1024;

    private final @Nullable Object[] texts = new Object[TEXTS];
    private final @Nullable Object[] parts = new Object[PARTS];

    String text(String fresh) {
        if (fresh.length() > LONGEST_TEXT) {
            return fresh;
        }
        int at = slot(fresh.hashCode(), TEXTS);
        if (fresh.equals(texts[at])) {
            return (String) texts[at];
        }
        texts[at] = fresh;
        return fresh;
    }

    /// The quantity of a text; null when it was not seen lately. Quantities that are equal by value may differ in text.
    @Nullable
    Quantity quantity(String text) {
        Object known = parts[slot(text.hashCode(), PARTS)];
        return known instanceof Quantity quantity && quantity.text().equals(text) ? quantity : null;
    }

    Quantity quantity(Quantity fresh) {
        Quantity known = quantity(fresh.text());
        if (known != null) {
            return known;
        }
        parts[slot(fresh.text().hashCode(), PARTS)] = fresh;
        return fresh;
    }

    @SuppressWarnings("unchecked")
    <T> T part(int hash, T fresh, RecordCodec<T> codec) {
        int at = slot(hash, PARTS);
        Object known = parts[at];
        if (known != null && known.getClass() == codec.type() && codec.isSame((T) known, fresh)) {
            return (T) known;
        }
        parts[at] = fresh;
        return fresh;
    }

    @SuppressWarnings("unchecked")
    <T> List<T> list(int hash, List<T> fresh) {
        int at = slot(hash, PARTS);
        Object known = parts[at];
        if (fresh.isEmpty() || known instanceof List<?> list && Copies.isSame(list, fresh)) {
            return fresh.isEmpty() ? fresh : (List<T>) known;
        }
        parts[at] = fresh;
        return fresh;
    }

    @SuppressWarnings("unchecked")
    <T> Map<String, T> map(int hash, Map<String, T> fresh) {
        int at = slot(hash, PARTS);
        Object known = parts[at];
        if (fresh.isEmpty() || known instanceof Map<?, ?> map && Copies.isSame(map, fresh)) {
            return fresh.isEmpty() ? fresh : (Map<String, T>) known;
        }
        parts[at] = fresh;
        return fresh;
    }

    private static int slot(int hash, int size) {
        return (hash ^ hash >>> 16) & size - 1;
    }
}
