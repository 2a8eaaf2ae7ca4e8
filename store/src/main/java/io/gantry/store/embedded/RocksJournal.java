package io.gantry.store.embedded;

import io.gantry.store.StoreUnavailableException;
import io.gantry.store.mvcc.Change;
import io.gantry.store.mvcc.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.rocksdb.Checkpoint;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Changes in RocksDB: `h<revision>` holds what changed, `v<revision>` the value, `compacted` the oldest
/// readable revision. Headers lie apart from values, so that a start reads a small part of the data only.
/// An append is one write batch with one sync of the write-ahead log: after a crash it is there as a whole
/// or not at all.
///
/// Native code crashes the process when it is used after a close: every use holds the lock `use` for reading.
final class RocksJournal implements Journal {
    private static final long READAHEAD_BYTES = 1L << 20;

    private final RocksFiles files;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private boolean closed;

    RocksJournal(RocksFiles files) {
        this.files = files;
    }

    @Override
    public void replay(Consumer<Change.Header> visitor) {
        scan(0, Long.MAX_VALUE, Integer.MAX_VALUE, visitor);
    }

    @Override
    public long compactedRevision() {
        return call("read the compaction", () -> {
            byte[] stored = files.db().get(Records.COMPACTED);
            return stored == null ? 1 : Records.revision(stored, 0);
        });
    }

    @Override
    public void append(List<Change> changes) {
        WriteBatch batch = new WriteBatch();
        write("write", synced, batch, () -> {
            // headers first: keys in order are put beside one another in memory, without a search for each
            for (Change change : changes) {
                batch.put(
                        Records.headerKey(change.version().modRevision()),
                        Records.header(change.key(), change.version()));
            }
            for (Change change : changes) {
                if (!change.version().deleted()) {
                    batch.put(Records.valueKey(change.version().modRevision()), change.value());
                }
            }
        });
    }

    @Override
    public Optional<byte[]> value(long revision) {
        return call("read", () -> Optional.ofNullable(files.db().get(Records.valueKey(revision))));
    }

    @Override
    public void values(long[] revisions, ObjIntConsumer<byte[]> visitor) {
        call("read", () -> {
            try (ReadOptions options = new ReadOptions().setFillCache(false).setReadaheadSize(READAHEAD_BYTES);
                    RocksIterator iterator = files.db().newIterator(options)) {
                RocksValues values = new RocksValues(iterator);
                for (int i = 0; i < revisions.length; i++) {
                    if (values.find(revisions[i])) {
                        visitor.accept(iterator.value(), i);
                    }
                }
                iterator.status();
                return true;
            }
        });
    }

    @Override
    public List<Change.Header> headers(long from, long to, int limit) {
        List<Change.Header> found = new ArrayList<>();
        scan(from, to, limit, found::add);
        return found;
    }

    @Override
    public void compacted(long revision) {
        WriteBatch batch = new WriteBatch();
        write("write the compaction", synced, batch, () -> batch.put(Records.COMPACTED, Records.bytes(revision)));
    }

    /// Need not be synced: what comes back after a crash is forgotten again at the start.
    @Override
    public void forget(List<Long> revisions) {
        WriteBatch batch = new WriteBatch();
        write("forget old revisions", unsynced, batch, () -> {
            for (long revision : revisions) {
                batch.delete(Records.headerKey(revision));
                batch.delete(Records.valueKey(revision));
            }
        });
    }

    @Override
    public void recover() {
        use.writeLock().lock();
        try {
            if (closed) {
                throw new StoreUnavailableException("the store is closed");
            }
            files.reopen();
        } finally {
            use.writeLock().unlock();
        }
    }

    /// Makes a consistent copy of the database in a directory that must not exist, while it is in use.
    void copyTo(Path directory) {
        call("copy to " + directory, () -> {
            try (Checkpoint checkpoint = Checkpoint.create(files.db())) {
                checkpoint.createCheckpoint(directory.toString());
            }
            return directory;
        });
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                synced.close();
                unsynced.close();
                files.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    private void scan(long from, long to, int limit, Consumer<Change.Header> visitor) {
        if (from > to) {
            return;
        }
        byte[] end = to == Long.MAX_VALUE ? Records.HEADERS_END : Records.headerKey(to + 1);
        call("scan", () -> {
            try (Slice upper = new Slice(end);
                    ReadOptions options =
                            new ReadOptions().setIterateUpperBound(upper).setFillCache(false);
                    RocksIterator iterator = files.db().newIterator(options)) {
                int seen = 0;
                for (iterator.seek(Records.headerKey(from)); iterator.isValid() && seen < limit; iterator.next()) {
                    visitor.accept(Records.header(iterator.key(), iterator.value()));
                    seen++;
                }
                iterator.status();
                return seen;
            }
        });
    }

    private void write(String what, WriteOptions options, WriteBatch batch, Filling filling) {
        call(what, () -> {
            try (batch) {
                filling.fill();
                files.db().write(options, batch);
                return true;
            }
        });
    }

    private <T> T call(String what, NativeCall<T> call) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new StoreUnavailableException("the store is closed");
            }
            return call.run();
        } catch (RocksDBException e) {
            throw new StoreUnavailableException("the embedded store cannot " + what + ": " + e.getMessage(), e);
        } finally {
            use.readLock().unlock();
        }
    }

    private interface NativeCall<T> {
        T run() throws RocksDBException;
    }

    private interface Filling {
        void fill() throws RocksDBException;
    }
}
