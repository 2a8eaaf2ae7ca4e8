package io.gantry.apiserver.registry;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Texts and labels that many objects have alike (keys and values of labels, phases, names of nodes and namespaces), as
/// one String and one Map each: an object in a cache has a dozen of them, and each costs a collection as much as the
/// object itself. A small table in which the newest wins. Thread-safe.
final class SharedTexts {
    private static final int SLOTS = 1024;
    private static final int MAX_LENGTH = 64;

    private final AtomicReferenceArray<String> texts = new AtomicReferenceArray<>(SLOTS);
    private final AtomicReferenceArray<Map<String, String>> maps = new AtomicReferenceArray<>(SLOTS);

    /// The text, or an equal one that was here before.
    String shared(String text) {
        return text.length() > MAX_LENGTH ? text : shared(texts, text);
    }

    /// The map, or an equal one that was here before.
    ///
    /// @param map that nobody changes
    Map<String, String> shared(Map<String, String> map) {
        return shared(maps, map);
    }

    private static <T> T shared(AtomicReferenceArray<T> table, T one) {
        int hash = one.hashCode();
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
        T known = table.getAcquire(slot);
        if (one.equals(known)) {
            return known;
        }
        table.setRelease(slot, one);
        return one;
    }
}
