package io.gantry.store;

import java.util.Optional;

/// The outcome of a conditional write.
public sealed interface WriteResult {
    /// Done and durable.
    ///
    /// @param revision the write's revision
    record Committed(long revision) implements WriteResult {}

    /// Nothing was changed: the condition did not hold.
    ///
    /// @param current the key as it is now; empty when it does not exist
    /// @param revision the store's revision at that moment
    record Conflict(Optional<Entry> current, long revision) implements WriteResult {}
}
