package io.gantry.api.json;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists of records as they were written in JSON: one that comes again, byte by byte, need not be read
/// again (the containers of all pods of a Deployment, the conditions of a node between two heartbeats). Of
/// fixed size, a newer list in place of an older one. Threads may read and write at once.
final class KnownLists {
    private static final int SLOTS = 1 << 9;
    private static final int WAYS = 2;

    /// Shorter ones are read as quickly.
    private static final int MIN_BYTES = 48;
    private static final int MAX_BYTES = 4096;

    private final @Nullable Known[] slots = new Known[SLOTS * WAYS];

    /// @param hash of what was read, as [Reading] makes it
    @SuppressWarnings("ArrayRecordComponent")
    record Known(Codec<?> codec, byte[] text, List<?> list, int hash) {
        boolean isAt(byte[] json, int from, int to) {
            return to - from >= text.length && Arrays.equals(text, 0, text.length, json, from, from + text.length);
        }
    }

    /// The list whose text begins at a position; null when it is not known.
    @Nullable
    Known find(Codec<?> codec, byte[] json, int from, int to) {
        if (to - from < MIN_BYTES) {
            return null;
        }
        int slot = slot(codec, json, from);
        for (int i = slot; i < slot + WAYS; i++) {
            Known known = slots[i];
            if (known != null && known.codec.equals(codec) && known.isAt(json, from, to)) {
                return known;
            }
        }
        return null;
    }

    void put(Codec<?> codec, byte[] json, int from, int to, List<?> list, int hash) {
        if (to - from < MIN_BYTES || to - from > MAX_BYTES) {
            return;
        }
        int slot = slot(codec, json, from);
        slots[slot + 1] = slots[slot];
        slots[slot] = new Known(codec, Arrays.copyOfRange(json, from, to), list, hash);
    }

    /// By the beginning of the text, which names mostly tell apart.
    private static int slot(Codec<?> codec, byte[] json, int from) {
        int hash = codec.type().getName().hashCode();
        for (int i = from; i < from + MIN_BYTES; i++) {
            hash = hash * 31 + json[i];
        }
        return ((hash ^ hash >>> 16) & SLOTS - 1) * WAYS;
    }
}
