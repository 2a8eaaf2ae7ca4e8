package io.gantry.store;

/// A key with its value at some revision.
///
/// @param createRevision the revision that created the key
/// @param modRevision the revision of this value
@SuppressWarnings("ArrayRecordComponent")
public record Entry(String key, byte[] value, long createRevision, long modRevision) {}
