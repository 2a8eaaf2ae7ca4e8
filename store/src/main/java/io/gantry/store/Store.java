package io.gantry.store;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// A revisioned key-value store, as etcd is one: every write gets the next revision of the whole store; old
/// revisions can be read and watched until they are compacted. Three implementations pass one contract suite:
/// memory, embedded (RocksDB), etcd.
///
/// Thread-safe. All methods may block and are meant for virtual threads. A write that returned is durable,
/// and no read or watch shows a write before it is. Any method may throw [StoreUnavailableException]; after
/// a write did, the caller must read to learn what became of it. Keys are upstream's:
/// `/registry/<resource>[.<group>]/[<namespace>/]<name>`. Values are owned by the caller before the call
/// and by the store after it; nobody changes the bytes.
public interface Store extends AutoCloseable {
    /// The newest revision, read so that every write acknowledged before the call is at or below it (a quorum
    /// read on etcd). 1 in an empty store.
    long currentRevision();

    /// The entry at the newest revision.
    Optional<Entry> get(String key);

    /// Entries in key order.
    ///
    /// @throws CompactedException when `range.revision()` is older than the compaction
    /// @throws FutureRevisionException when it has not happened yet
    RangeResult range(Range range);

    /// Reads all entries with the prefix, of the newest revision, and makes something of each: how a cache is filled.
    /// Cheaper than [#range] for many entries.
    ///
    /// @param form called once for each entry, perhaps by several threads at a time and in no order
    default <T> Scan<T> scan(String prefix, Function<Entry, T> form) {
        return PagedScan.of(this, prefix, form);
    }

    /// Creates a key that must not exist; a [WriteResult.Conflict] holds the entry that is there.
    ///
    /// @param ttlSeconds seconds until the key is deleted by the store, at least; 0 keeps it
    WriteResult create(String key, byte[] value, long ttlSeconds);

    /// Replaces a value if the key's mod revision is still `expectedRevision`; the create revision stays.
    ///
    /// @param expectedRevision the mod revision read before, above 0
    /// @param ttlSeconds counts anew from this write; 0 keeps the key for good, also when it had a time to live
    WriteResult update(String key, byte[] value, long expectedRevision, long ttlSeconds);

    /// Deletes a key if its mod revision is still `expectedRevision`.
    WriteResult delete(String key, long expectedRevision);

    /// Replaces a value if the key's mod revision is still `expectedRevision`, and then deletes the key: two
    /// revisions, so that watches see what it became before it goes. Where others write too, they may come
    /// between the two; what they made of the key goes as well.
    ///
    /// @return the deletion's revision
    default WriteResult replaceAndDelete(String key, byte[] value, long expectedRevision) {
        return LastReplacement.of(this, key, value, expectedRevision);
    }

    /// Watches every key with the prefix. Events come in revision order, without gaps, each once, on a
    /// thread of the store's; the listener must not block for long, and never delays writers or other
    /// watches. A start that is compacted is told by [WatchListener#onClosed], not by an exception here.
    ///
    /// @param fromRevision first revision delivered (it may lie in the future); 0 means after
    ///     [#currentRevision()] at the
    ///     time of the call. After a list at revision R, watch from R + 1
    Watch watch(String prefix, long fromRevision, WatchListener listener);

    /// As [#watch], for a listener that does not ask what was there before: [StoreEvent.Put#previous()] may be
    /// empty though there was something, and so may the value of [StoreEvent.Delete#previous()]. It spares the
    /// store a read for each update.
    default Watch watchChanges(String prefix, long fromRevision, WatchListener listener) {
        return watch(prefix, fromRevision, listener);
    }

    /// Forgets revisions below `revision`; entries keep their newest value, and events from `revision` on still
    /// tell what was there before. Stores also compact by themselves, by age and count.
    ///
    /// @throws FutureRevisionException when `revision` is above the current one; one that is compacted
    ///     already is
    ///     no error
    void compact(long revision);

    /// The oldest revision that can still be read or watched.
    long compactedRevision();

    /// Fails with [StoreUnavailableException] when the store is known to take no writes now; for health checks. May
    /// block.
    default void checkWritable() {
        currentRevision();
    }

    /// Bytes that the store takes on disk now; empty where it has none, or does not say. May block.
    default OptionalLong sizeBytes() {
        return OptionalLong.empty();
    }

    /// Whether other processes may write to it.
    default boolean shared() {
        return false;
    }

    @Override
    void close();

    /// A running watch.
    interface Watch extends AutoCloseable {
        /// Asks for one [WatchListener#onProgress] (or an event) at or above the store's current revision at
        /// the time of this call: how a cache learns that it has seen everything, although the newest writes
        /// were to other keys. May block for a quorum read; the answer comes on the watch's thread.
        void requestProgress();

        /// Ends the watch. Waits for a delivery that is under way, unless called by the listener itself; after
        /// it returned nothing is delivered.
        @Override
        void close();
    }
}
