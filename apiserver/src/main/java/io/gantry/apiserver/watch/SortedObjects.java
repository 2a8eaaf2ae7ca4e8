package io.gantry.apiserver.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// An immutable map of objects in key order: an array of chunks. A change copies one chunk and the array of chunks and
/// shares the rest, so every revision can keep its own.
public final class SortedObjects {
    private static final int MAX_CHUNK = 256;
    private static final CachedObject[] NONE = {};
    public static final SortedObjects EMPTY = new SortedObjects(new Chunk[0], 0);

    private final Chunk[] chunks;
    private final int size;

    private SortedObjects(Chunk[] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    /// Objects that are in key order already.
    public static SortedObjects ofSorted(List<CachedObject> objects) {
        List<Chunk> chunks = new ArrayList<>();
        int half = MAX_CHUNK / 2;
        for (int i = 0; i < objects.size(); i += half) {
            chunks.add(new Chunk(
                    objects.subList(i, Math.min(i + half, objects.size())).toArray(CachedObject[]::new)));
        }
        return new SortedObjects(chunks.toArray(Chunk[]::new), objects.size());
    }

    public int size() {
        return size;
    }

    public @Nullable CachedObject get(String key) {
        int chunk = chunkOf(key);
        if (chunk < 0) {
            return null;
        }
        CachedObject[] objects = chunks[chunk].objects();
        int at = search(objects, key);
        return at < 0 ? null : objects[at];
    }

    public SortedObjects with(CachedObject object) {
        if (chunks.length == 0) {
            return new SortedObjects(new Chunk[] {new Chunk(object)}, 1);
        }
        int index = Math.max(0, chunkOf(object.key()));
        CachedObject[] chunk = chunks[index].objects();
        int at = search(chunk, object.key());
        if (at >= 0) {
            CachedObject[] copy = chunk.clone();
            copy[at] = object;
            return replaced(index, size, copy);
        }
        int insert = -at - 1;
        CachedObject[] copy = new CachedObject[chunk.length + 1];
        System.arraycopy(chunk, 0, copy, 0, insert);
        copy[insert] = object;
        System.arraycopy(chunk, insert, copy, insert + 1, chunk.length - insert);
        if (copy.length <= MAX_CHUNK) {
            return replaced(index, size + 1, copy);
        }
        int half = copy.length / 2;
        return replaced(
                index, size + 1, Arrays.copyOfRange(copy, 0, half), Arrays.copyOfRange(copy, half, copy.length));
    }

    public SortedObjects without(String key) {
        int index = chunkOf(key);
        int at = index < 0 ? -1 : search(chunks[index].objects(), key);
        if (at < 0) {
            return this;
        }
        CachedObject[] chunk = chunks[index].objects();
        if (chunk.length == 1) {
            return replaced(index, size - 1);
        }
        CachedObject[] copy = new CachedObject[chunk.length - 1];
        System.arraycopy(chunk, 0, copy, 0, at);
        System.arraycopy(chunk, at + 1, copy, at, copy.length - at);
        return replaced(index, size - 1, copy);
    }

    private SortedObjects replaced(int index, int newSize, CachedObject[]... by) {
        Chunk[] copy = new Chunk[chunks.length - 1 + by.length];
        System.arraycopy(chunks, 0, copy, 0, index);
        for (int i = 0; i < by.length; i++) {
            copy[index + i] = new Chunk(by[i]);
        }
        System.arraycopy(chunks, index + 1, copy, index + by.length, chunks.length - index - 1);
        return new SortedObjects(copy, newSize);
    }

    /// Objects from `start` (inclusive), in order, whose key begins with `prefix`.
    public Iterable<CachedObject> range(String start, String prefix) {
        return range(start, prefix, List.of());
    }

    /// As [#range(String, String)], but may leave out objects that do not meet the demands.
    public Iterable<CachedObject> range(String start, String prefix, List<Demand> demands) {
        return () -> new Cursor(start.compareTo(prefix) < 0 ? prefix : start, prefix, demands);
    }

    /// How many objects [#range(String, String)] has, without going through them.
    public int count(String start, String prefix) {
        String first = start.compareTo(prefix) < 0 ? prefix : start;
        int count = 0;
        for (int i = Math.max(0, chunkOf(first)); i < chunks.length; i++) {
            CachedObject[] objects = chunks[i].objects();
            int from = insertion(objects, first);
            if (objects[objects.length - 1].key().startsWith(prefix)) {
                count += objects.length - from;
            } else {
                return count + endOf(objects, from, prefix) - from;
            }
        }
        return count;
    }

    /// Where the keys with the prefix end, which come first from `from` on.
    private static int endOf(CachedObject[] objects, int from, String prefix) {
        int low = from;
        int high = objects.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (objects[middle].key().startsWith(prefix)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int insertion(CachedObject[] objects, String key) {
        int found = search(objects, key);
        return found < 0 ? -found - 1 : found;
    }

    /// All objects in order.
    public Iterable<CachedObject> all() {
        return range("", "");
    }

    /// The chunk that holds or would hold the key; -1 before the first.
    private int chunkOf(String key) {
        int low = 0;
        int high = chunks.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (chunks[middle].objects()[0].key().compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private static int search(CachedObject[] chunk, String key) {
        int low = 0;
        int high = chunk.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = chunk[middle].key().compareTo(key);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private final class Cursor implements Iterator<CachedObject> {
        private final String prefix;
        private final List<Demand> demands;
        private CachedObject[] objects = NONE;
        private int chunk;
        private int at;
        /// Where the chunk's objects that have the prefix end.
        private int end;

        Cursor(String start, String prefix, List<Demand> demands) {
            this.prefix = prefix;
            this.demands = demands;
            this.chunk = Math.max(0, chunkOf(start));
            if (chunk < chunks.length) {
                objects = chunks[chunk].objects();
                at = insertion(objects, start);
                end = endOfPrefix();
                skip();
            }
        }

        private int endOfPrefix() {
            return objects[objects.length - 1].key().startsWith(prefix) ? objects.length : endOf(objects, at, prefix);
        }

        /// Goes on to the next chunk when this one is through. One that has objects behind the prefix is the last.
        private void skip() {
            while (chunk < chunks.length && at >= objects.length) {
                chunk++;
                at = 0;
                enter();
            }
        }

        /// Passes over chunks that hold nothing that is wanted, but not over the end of the prefix.
        private void enter() {
            while (chunk < chunks.length && isBefore(chunks[chunk]) && !chunks[chunk].mayMeet(demands)) {
                chunk++;
            }
            objects = chunk < chunks.length ? chunks[chunk].objects() : NONE;
            end = chunk < chunks.length ? endOfPrefix() : 0;
        }

        private boolean isBefore(Chunk one) {
            return one.objects()[0].key().startsWith(prefix);
        }

        @Override
        public boolean hasNext() {
            return at < end;
        }

        @Override
        public CachedObject next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            CachedObject object = objects[at++];
            skip();
            return object;
        }
    }
}
