package io.gantry.store.mvcc;

/// What a revision did to a key.
///
/// @param value the new value; empty for a deletion
@SuppressWarnings("ArrayRecordComponent")
public record Change(String key, Version version, byte[] value) {
    /// A change without its value.
    public record Header(String key, Version version) {}
}
