package io.gantry.store.embedded;

import io.gantry.store.StoreUnavailableException;
import io.gantry.store.mvcc.MvccStore;
import io.gantry.store.mvcc.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The durable store of a one-machine cluster: a directory, owned by one process at a time. Survives a kill
/// at any moment with every acknowledged write.
public final class EmbeddedStore extends MvccStore {
    private final RocksJournal journal;
    private final Path directory;

    private EmbeddedStore(
            RocksJournal journal,
            Path directory,
            Retention retention,
            InstantSource clock,
            Consumer<StoreUnavailableException> onFailure) {
        super(journal, retention, clock, onFailure);
        this.journal = journal;
        this.directory = directory;
    }

    /// Opens or makes the store in a directory. Reads the index of all keys: about a second for a million.
    ///
    /// @param onFailure told once when the store can no longer be trusted: it refuses everything from then on,
    ///     and the process should stop, so that its supervisor starts it on what is durable. A disk that is full
    ///     or fails is no such case: writes are refused until it takes them again
    /// @throws StoreUnavailableException when another process has the directory, or it cannot be read
    public static EmbeddedStore open(Path directory, Consumer<StoreUnavailableException> onFailure) {
        return open(directory, Retention.DEFAULT, InstantSource.system(), onFailure);
    }

    /// As [#open(Path, Consumer)], with a retention and a clock.
    public static EmbeddedStore open(
            Path directory, Retention retention, InstantSource clock, Consumer<StoreUnavailableException> onFailure) {
        RocksJournal journal = new RocksJournal(RocksFiles.open(directory));
        try {
            return new EmbeddedStore(journal, directory, retention, clock, onFailure);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    @Override
    public OptionalLong sizeBytes() {
        try (Stream<Path> files = Files.walk(directory)) {
            return OptionalLong.of(files.mapToLong(EmbeddedStore::length).sum());
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /// RocksDB removes files at any time: one that is gone takes nothing.
    private static long length(Path file) {
        return file.toFile().isFile() ? file.toFile().length() : 0;
    }

    /// Makes a consistent copy of the store while it is in use.
    ///
    /// @param directory must not exist; a store opened on it has what was durable at the time of the call
    public void copyTo(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreUnavailableException("cannot make " + directory + ": " + e.getMessage(), e);
        }
        journal.copyTo(directory.resolve("db"));
    }
}
