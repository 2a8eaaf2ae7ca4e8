package io.gantry.store.mvcc;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/// Where changes are kept, by revision. Written by one thread, read by many. Every method may throw
/// [io.gantry.store.StoreUnavailableException].
public interface Journal extends AutoCloseable {
    /// Visits everything kept, in revision order.
    void replay(Consumer<Change.Header> visitor);

    /// The oldest revision that can still be read; 1 before the first compaction.
    long compactedRevision();

    /// Keeps changes, all or none; durable when it returns.
    void append(List<Change> changes);

    /// The value written by a revision; empty when the revision is forgotten.
    Optional<byte[]> value(long revision);

    /// Hands over the values written by some revisions. One that is forgotten is left out.
    ///
    /// @param revisions ascending
    /// @param visitor takes the place in `revisions` and the value, in that order
    default void values(long[] revisions, ObjIntConsumer<byte[]> visitor) {
        for (int i = 0; i < revisions.length; i++) {
            int place = i;
            value(revisions[i]).ifPresent(value -> visitor.accept(value, place));
        }
    }

    /// The changes of revisions `from` to `to`, both inclusive, at most `limit` of them.
    List<Change.Header> headers(long from, long to, int limit);

    /// Remembers the compaction; durable when it returns. [#forget] follows.
    void compacted(long revision);

    /// Drops revisions that no reader needs any more.
    void forget(List<Long> revisions);

    /// Makes the journal writable again after [#append] failed. What that append left behind, if anything, is there or
    /// not, as a whole.
    ///
    /// @throws io.gantry.store.StoreUnavailableException when it is not writable yet; reads go on where they can
    default void recover() {}

    @Override
    void close();
}
