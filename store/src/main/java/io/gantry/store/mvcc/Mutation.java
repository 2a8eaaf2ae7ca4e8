package io.gantry.store.mvcc;

/// A write that waits for the committer.
sealed interface Mutation {
    String key();

    @SuppressWarnings("ArrayRecordComponent")
    record Create(String key, byte[] value, long ttlSeconds) implements Mutation {}

    @SuppressWarnings("ArrayRecordComponent")
    record Update(String key, byte[] value, long expectedRevision, long ttlSeconds) implements Mutation {}

    /// Two revisions: the value, then nothing.
    @SuppressWarnings("ArrayRecordComponent")
    record ReplaceAndDelete(String key, byte[] value, long expectedRevision) implements Mutation {}

    record Delete(String key, long expectedRevision) implements Mutation {}
}
