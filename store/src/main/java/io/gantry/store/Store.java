package io.gantry.store;

import java.util.Optional;

/// A revisioned key-value store, as etcd is one: every write gets the next revision of the whole store; old revisions
/// can be read and watched until they are compacted. Three implementations pass one contract suite: memory, embedded
/// (RocksDB), etcd.
///
/// Thread-safe. All methods may block and are meant for virtual threads. A write that returned is durable.
/// Keys are upstream's: `/registry/<resource>[.<group>]/[<namespace>/]<name>`. Values are owned by the caller before the call and
/// by the store after it; nobody changes the bytes.
public interface Store extends AutoCloseable {
    /// The newest revision, read so that every write acknowledged before the call is at or below it (a quorum read on
    /// etcd). 1 in an empty store.
    long currentRevision();

    /// The entry at the newest revision.
    Optional<Entry> get(String key);

    /// Entries in key order.
    ///
    /// @throws CompactedException when `range.revision()` is older than the compaction
    /// @throws FutureRevisionException when it has not happened yet
    RangeResult range(Range range);

    /// Creates a key that must not exist.
    ///
    /// @param ttlSeconds seconds until the key is deleted by the store, at least; 0 keeps it
    WriteResult create(String key, byte[] value, long ttlSeconds);

    /// Replaces a value if the key's mod revision is still `expectedRevision`.
    WriteResult update(String key, byte[] value, long expectedRevision, long ttlSeconds);

    /// Deletes a key if its mod revision is still `expectedRevision`.
    WriteResult delete(String key, long expectedRevision);

    /// Watches every key with the prefix. Events come in revision order, without gaps, each once, on a thread of the store's;
    /// the listener must not block for long.
    ///
    /// @param fromRevision first revision delivered; 0 means after [#currentRevision()] at the time of the call
    /// @return closes the watch; after `close` returns no event is delivered
    Watch watch(String prefix, long fromRevision, WatchListener listener);

    /// Forgets revisions below `revision`; entries keep their newest value.
    void compact(long revision);

    /// The oldest revision that can still be read or watched.
    long compactedRevision();

    @Override
    void close();

    /// A running watch.
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
