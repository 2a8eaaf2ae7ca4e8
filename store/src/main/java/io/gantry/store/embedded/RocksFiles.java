package io.gantry.store.embedded;

import io.gantry.store.StoreUnavailableException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/// The open database, tuned for a small machine: some 30 MB of native memory at most.
final class RocksFiles implements AutoCloseable {
    private static final long BLOCK_CACHE_BYTES = 8L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    /// Files of the first level that are merged into the next, which is read and written whole for it: every file has
    /// headers and values of its revisions, and so overlaps all others.
    private static final int LEVEL0_FILES = 24;

    /// So many may lie there while that work is under way before writes wait for it.
    private static final int LEVEL0_SLOW_FILES = 64;

    private static final int LEVEL0_MOST_FILES = 96;

    private static final long MAX_WAL_BYTES = 32L << 20;

    /// Files of the write-ahead log that are written over in place of being deleted. A new file grows with
    /// each write, and what the file system notes of that has to be on disk first: it takes other files' data
    /// along, those of flushes and compactions among them.
    private static final int REUSED_WAL_FILES = 4;

    private static final long LOG_FILE_BYTES = 1L << 20;
    private static final int MAX_OPEN_FILES = 256;

    /// A database that is opened needs about so much.
    private static final long ROOM_BYTES = 4L << 20;

    private final Path directory;
    private final DirectoryLock lock;
    private final LRUCache cache;
    private final Options options;
    private @Nullable RocksDB db;

    private RocksFiles(Path directory, DirectoryLock lock, LRUCache cache, Options options, RocksDB db) {
        this.directory = directory;
        this.lock = lock;
        this.cache = cache;
        this.options = options;
        this.db = db;
    }

    /// @throws StoreUnavailableException when another process has the directory, or it cannot be read
    static RocksFiles open(Path directory) {
        RocksDB.loadLibrary();
        DirectoryLock lock = DirectoryLock.take(directory);
        LRUCache cache = new LRUCache(BLOCK_CACHE_BYTES);
        Options options = options(cache);
        try {
            RocksDB db = RocksDB.open(options, database(directory));
            return new RocksFiles(directory, lock, cache, options, db);
        } catch (RocksDBException e) {
            options.close();
            cache.close();
            lock.close();
            throw new StoreUnavailableException("cannot open the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static String database(Path directory) {
        return directory.resolve("db").toString();
    }

    /// @throws StoreUnavailableException when it could not be opened again
    RocksDB db() {
        if (db == null) {
            throw new StoreUnavailableException("the store in " + directory + " is not open");
        }
        return db;
    }

    /// Opens the database anew after an error, for RocksDB takes no writes any more then. Where that fails it is opened
    /// for reading. Nobody may use it meanwhile.
    ///
    /// @throws StoreUnavailableException when it cannot be written to yet
    void reopen() {
        long room = directory.toFile().getUsableSpace();
        if (room < ROOM_BYTES) {
            throw new StoreUnavailableException(
                    "No space left on device: " + (room >> 10) + " KiB are free for " + directory);
        }
        if (db != null) {
            db.close();
            db = null;
        }
        try {
            db = RocksDB.open(options, database(directory));
        } catch (RocksDBException e) {
            db = readOnly(e);
            throw new StoreUnavailableException("cannot open the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    private RocksDB readOnly(RocksDBException cause) {
        try {
            return RocksDB.openReadOnly(options, database(directory));
        } catch (RocksDBException e) {
            e.addSuppressed(cause);
            throw new StoreUnavailableException("cannot read the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (db != null) {
            db.close();
        }
        options.close();
        cache.close();
        lock.close();
    }

    private static Options options(LRUCache cache) {
        return new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(2)
                .setMaxTotalWalSize(MAX_WAL_BYTES)
                .setRecycleLogFileNum(REUSED_WAL_FILES)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setLevel0FileNumCompactionTrigger(LEVEL0_FILES)
                .setLevel0SlowdownWritesTrigger(LEVEL0_SLOW_FILES)
                .setLevel0StopWritesTrigger(LEVEL0_MOST_FILES)
                .setMaxBackgroundJobs(2)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(LOG_FILE_BYTES)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setCacheIndexAndFilterBlocks(true));
    }
}
