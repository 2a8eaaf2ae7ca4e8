package io.gantry.store.embedded;

import java.nio.ByteBuffer;
import org.rocksdb.RocksIterator;

/// Walks over values in the order of their revisions: steps over the few that lie between, and jumps over many.
final class RocksValues {
    /// A jump costs about as much as so many steps.
    private static final int MAX_STEPS = 8;

    private final RocksIterator iterator;
    private final ByteBuffer key = ByteBuffer.allocateDirect(1 + Long.BYTES);
    private boolean begun;

    RocksValues(RocksIterator iterator) {
        this.iterator = iterator;
    }

    /// Goes to the value of a revision, which is above the one before.
    ///
    /// @return false when there is none
    boolean find(long revision) {
        for (int steps = 0; begun && steps < MAX_STEPS && iterator.isValid(); steps++) {
            long at = revision();
            if (at >= revision) {
                return at == revision;
            }
            iterator.next();
        }
        begun = true;
        iterator.seek(Records.valueKey(revision));
        return iterator.isValid() && revision() == revision;
    }

    /// Above all when the key is no value's.
    private long revision() {
        key.clear();
        int length = iterator.key(key);
        return length == key.capacity() && key.get(0) == Records.VALUE ? key.getLong(1) : Long.MAX_VALUE;
    }
}
