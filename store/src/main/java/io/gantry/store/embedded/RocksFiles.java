package io.gantry.store.embedded;

import io.gantry.store.StoreUnavailableException;
import java.nio.file.Path;
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
    private static final long MAX_WAL_BYTES = 32L << 20;
    private static final long LOG_FILE_BYTES = 1L << 20;
    private static final int MAX_OPEN_FILES = 256;

    private final DirectoryLock lock;
    private final LRUCache cache;
    private final Options options;
    private final RocksDB db;

    private RocksFiles(DirectoryLock lock, LRUCache cache, Options options, RocksDB db) {
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
            RocksDB db = RocksDB.open(options, directory.resolve("db").toString());
            return new RocksFiles(lock, cache, options, db);
        } catch (RocksDBException e) {
            options.close();
            cache.close();
            lock.close();
            throw new StoreUnavailableException("cannot open the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    RocksDB db() {
        return db;
    }

    @Override
    public void close() {
        db.close();
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
                .setMaxOpenFiles(MAX_OPEN_FILES)
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
