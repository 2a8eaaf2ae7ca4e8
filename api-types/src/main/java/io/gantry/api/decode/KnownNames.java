package io.gantry.api.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The names of fields that were read lately, so that one text serves for all objects. Bounded: a name takes the place
/// of another. Thread-safe.
public final class KnownNames {
    private static final int SLOTS = 2048;
    private static final int MAX_LENGTH = 48;
    private static final AtomicReferenceArray<@Nullable Known> SLOT = new AtomicReferenceArray<>(SLOTS);

    @SuppressWarnings("ArrayRecordComponent")
    private record Known(byte[] bytes, String name) {}

    private KnownNames() {}

    /// The name in ASCII between two positions.
    ///
    /// @param hash of the bytes
    public static String find(byte[] json, int from, int to, int hash) {
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        Known known = SLOT.getAcquire(slot);
        if (known != null && Arrays.equals(known.bytes(), 0, known.bytes().length, json, from, to)) {
            return known.name();
        }
        String name = new String(json, from, to - from, StandardCharsets.ISO_8859_1);
        if (to - from <= MAX_LENGTH) {
            SLOT.setRelease(slot, new Known(Arrays.copyOfRange(json, from, to), name.intern()));
        }
        return name;
    }
}
