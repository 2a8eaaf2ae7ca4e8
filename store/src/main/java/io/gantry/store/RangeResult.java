package io.gantry.store;

import java.util.List;

/// What a range holds.
///
/// @param entries in key order
/// @param revision the revision that was read
/// @param remaining how many entries of the range follow after the last one
public record RangeResult(List<Entry> entries, long revision, long remaining) {
    public RangeResult {
        entries = List.copyOf(entries);
    }

    public boolean more() {
        return remaining > 0;
    }
}
