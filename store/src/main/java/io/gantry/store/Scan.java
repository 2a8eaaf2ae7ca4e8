package io.gantry.store;

import java.util.List;

/// What [Store#scan] made of all entries with a prefix.
///
/// @param items in key order
/// @param revision the entries are those of this revision
public record Scan<T>(List<T> items, long revision) {
    public Scan {
        items = List.copyOf(items);
    }
}
