package io.gantry.store.mvcc;

/// One version of one key.
///
/// @param createRevision the revision that created the key
/// @param modRevision the revision of this version
/// @param deleted whether this version says that the key is gone
/// @param expiresAtMillis when the store deletes the key, milliseconds since the epoch; 0 never
public record Version(long createRevision, long modRevision, boolean deleted, long expiresAtMillis) {
    /// Whether nothing of the key's life came before.
    boolean isFirst() {
        return modRevision == createRevision && !deleted;
    }
}
