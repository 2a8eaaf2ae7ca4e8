package io.gantry.api.json;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import java.nio.charset.StandardCharsets;
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

    /// Things by slot, with their hashes beside them: what is another thing is not looked at, for it would have to be
    /// fetched from memory first.
    private static final class Table {
        private final @Nullable Object[] things;
        private final int[] hashes;

        Table(int size) {
            things = new Object[size];
            hashes = new int[size];
        }

        @Nullable
        Object get(int hash) {
            int at = slot(hash, things.length);
            return hashes[at] == hash ? things[at] : null;
        }

        void set(int hash, Object thing) {
            int at = slot(hash, things.length);
            things[at] = thing;
            hashes[at] = hash;
        }
    }

    private final Table texts = new Table(TEXTS);
    private final Table parts = new Table(PARTS);
    private final KnownLists lists = new KnownLists();

    KnownLists lists() {
        return lists;
    }

    /// The text in ASCII between two positions.
    ///
    /// @param hash as of the String
    String text(byte[] json, int from, int to, int hash) {
        int length = to - from;
        if (length <= LONGEST_TEXT && texts.get(hash) instanceof String known && isSame(known, json, from, length)) {
            return known;
        }
        String fresh = new String(json, from, length, StandardCharsets.ISO_8859_1);
        if (length <= LONGEST_TEXT) {
            texts.set(hash, fresh);
        }
        return fresh;
    }

    private static boolean isSame(String known, byte[] json, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != json[from + i]) {
                return false;
            }
        }
        return true;
    }

    String text(String fresh) {
        if (fresh.length() > LONGEST_TEXT) {
            return fresh;
        }
        int hash = fresh.hashCode();
        if (texts.get(hash) instanceof String known && known.equals(fresh)) {
            return known;
        }
        texts.set(hash, fresh);
        return fresh;
    }

    /// The quantity of a text; null when it was not seen lately. Quantities that are equal by value may differ in text.
    @Nullable
    Quantity quantity(String text) {
        Object known = parts.get(text.hashCode());
        return known instanceof Quantity quantity && quantity.text().equals(text) ? quantity : null;
    }

    Quantity quantity(Quantity fresh) {
        Quantity known = quantity(fresh.text());
        if (known != null) {
            return known;
        }
        parts.set(fresh.text().hashCode(), fresh);
        return fresh;
    }

    @SuppressWarnings("unchecked")
    <T> T part(int hash, T fresh, RecordCodec<T> codec) {
        Object known = parts.get(hash);
        if (known != null && known.getClass() == codec.type() && codec.isSame((T) known, fresh)) {
            return (T) known;
        }
        parts.set(hash, fresh);
        return fresh;
    }

    @SuppressWarnings("unchecked")
    <T> List<T> list(int hash, List<T> fresh) {
        if (fresh.isEmpty()) {
            return fresh;
        }
        if (parts.get(hash) instanceof List<?> known && Copies.isSame(known, fresh)) {
            return (List<T>) known;
        }
        parts.set(hash, fresh);
        return fresh;
    }

    @SuppressWarnings("unchecked")
    <T> Map<String, T> map(int hash, Map<String, T> fresh) {
        if (fresh.isEmpty()) {
            return fresh;
        }
        if (parts.get(hash) instanceof Map<?, ?> known && Copies.isSame(known, fresh)) {
            return (Map<String, T>) known;
        }
        parts.set(hash, fresh);
        return fresh;
    }

    private static int slot(int hash, int size) {
        return (hash ^ hash >>> 16) & size - 1;
    }
}
