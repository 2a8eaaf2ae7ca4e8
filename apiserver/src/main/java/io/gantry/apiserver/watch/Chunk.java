package io.gantry.apiserver.watch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A few hundred objects in key order, and a filter that tells which labels and fields none of them has. The filter is
/// made when a list first asks. Immutable.
final class Chunk {
    private static final int BITS = 8192;

    private final CachedObject[] objects;
    private volatile long @Nullable [] filter;

    /// @param objects nobody changes them
    Chunk(CachedObject... objects) {
        this.objects = objects;
    }

    CachedObject[] objects() {
        return objects;
    }

    /// False when no object here meets the demands.
    boolean mayMeet(List<Demand> demands) {
        if (demands.isEmpty()) {
            return true;
        }
        long[] bits = filter;
        if (bits == null) {
            bits = filter();
            filter = bits;
        }
        for (Demand demand : demands) {
            if (!mayMeet(bits, demand)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayMeet(long[] bits, Demand demand) {
        for (String value : demand.values()) {
            int hash = hash(demand.label(), demand.key(), value);
            if (has(bits, hash) && has(bits, second(hash))) {
                return true;
            }
        }
        return false;
    }

    private long[] filter() {
        long[] bits = new long[BITS / Long.SIZE];
        for (CachedObject object : objects) {
            add(bits, true, object.labels());
            add(bits, false, object.fields());
        }
        return bits;
    }

    private static void add(long[] bits, boolean label, Map<String, String> pairs) {
        pairs.forEach((key, value) -> {
            int hash = hash(label, key, value);
            set(bits, hash);
            set(bits, second(hash));
        });
    }

    private static int hash(boolean label, String key, String value) {
        int hash = 31 * key.hashCode() + value.hashCode() + (label ? 0x9e3779b9 : 0);
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        return hash ^ hash >>> 13;
    }

    private static int second(int hash) {
        int other = hash * 0xc2b2ae35;
        return other ^ other >>> 16;
    }

    private static void set(long[] bits, int hash) {
        int bit = hash & BITS - 1;
        bits[bit / Long.SIZE] |= 1L << bit % Long.SIZE;
    }

    private static boolean has(long[] bits, int hash) {
        int bit = hash & BITS - 1;
        return (bits[bit / Long.SIZE] & 1L << bit % Long.SIZE) != 0;
    }
}
