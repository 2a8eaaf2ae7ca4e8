package io.gantry.apiserver.projection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Short texts that come again and again (keys and values of labels, names of nodes, phases), as one String each. A
/// small table in which the newest wins. Thread-safe: a race makes a second String.
final class Texts {
    private static final int SLOTS = 1024;
    private static final int MAX_BYTES = 64;

    private record Known(byte[] bytes, String text) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    private final @Nullable Known[] table = new Known[SLOTS];

    /// The text of some bytes, which hold no escapes.
    String of(byte[] json, int start, int end) {
        if (end - start > MAX_BYTES) {
            return new String(json, start, end - start, StandardCharsets.UTF_8);
        }
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + json[i];
        }
        int slot = (hash ^ hash >>> 10) & SLOTS - 1;
        Known known = table[slot];
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, json, start, end)) {
            return known.text;
        }
        byte[] bytes = Arrays.copyOfRange(json, start, end);
        Known made = new Known(bytes, new String(bytes, StandardCharsets.UTF_8));
        table[slot] = made;
        return made.text;
    }
}
