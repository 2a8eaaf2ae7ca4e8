package io.gantry.store.embedded;

import io.gantry.store.mvcc.Change;
import io.gantry.store.mvcc.Version;
import io.gantry.store.transfer.Lives;
import io.gantry.store.transfer.StoreDump;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Fills a new directory with a dump. Revisions go on above every one that clients may know, and all older
/// ones count as compacted: whoever watches from before is told to list again, and never sees a revision
/// twice.
public final class EmbeddedImport implements StoreDump.Target, AutoCloseable {
    private static final int BATCH = 500;
    private static final String MARKER = "/gantry/imported";

    private final RocksJournal journal;
    private final long floor;
    private final InstantSource clock;
    private final List<Change> waiting = new ArrayList<>();
    private long last;

    /// @param directory that no store uses; it must be empty or not there
    /// @param floor revisions begin above it, and above the dump's
    public EmbeddedImport(Path directory, long floor, InstantSource clock) {
        this.journal = new RocksJournal(RocksFiles.open(directory));
        this.floor = floor;
        this.clock = clock;
    }

    @Override
    public void begin(long revision) {
        last = Math.max(floor, revision);
        // A store without objects must go on above the floor too.
        entry(MARKER, new byte[0]);
    }

    @Override
    public void entry(String key, byte[] value) {
        last++;
        long life = Lives.seconds(key);
        long expires = life == 0 ? 0 : clock.millis() + life * 1000;
        waiting.add(new Change(key, new Version(last, last, false, expires), value));
        if (waiting.size() >= BATCH) {
            flush();
        }
    }

    @Override
    public void end() {
        flush();
        journal.compacted(last);
    }

    private void flush() {
        journal.append(List.copyOf(waiting));
        waiting.clear();
    }

    @Override
    public void close() {
        journal.close();
    }
}
