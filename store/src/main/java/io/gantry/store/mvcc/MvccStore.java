package io.gantry.store.mvcc;

import io.gantry.store.Entry;
import io.gantry.store.FutureRevisionException;
import io.gantry.store.Range;
import io.gantry.store.RangeResult;
import io.gantry.store.Scan;
import io.gantry.store.Store;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WatchListener;
import io.gantry.store.WriteResult;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A [Store] in this process on a [Journal].
public abstract class MvccStore implements Store {
    private final Journal journal;
    private final Revisions revisions;
    private final Committer committer;

    /// Reads the journal and starts the committer's thread. The store owns the journal from now on.
    ///
    /// @param onFailure told once, on the committer's thread, when the store can no longer be trusted: stop the
    ///     process
    protected MvccStore(
            Journal journal, Retention retention, InstantSource clock, Consumer<StoreUnavailableException> onFailure) {
        this.journal = journal;
        Expiries expiries = new Expiries();
        this.revisions = new Revisions(journal, expiries);
        this.committer = new Committer(revisions, expiries, retention, clock, onFailure);
        committer.start();
    }

    @Override
    public long currentRevision() {
        committer.check();
        return revisions.current();
    }

    @Override
    public Optional<Entry> get(String key) {
        committer.check();
        return revisions.get(key);
    }

    @Override
    public RangeResult range(Range range) {
        committer.check();
        return revisions.range(range);
    }

    @Override
    public <T> Scan<T> scan(String prefix, Function<Entry, T> form) {
        committer.check();
        return revisions.scan(prefix, form);
    }

    @Override
    public WriteResult create(String key, byte[] value, long ttlSeconds) {
        return committer.write(new Mutation.Create(key, value, ttlSeconds));
    }

    @Override
    public WriteResult update(String key, byte[] value, long expectedRevision, long ttlSeconds) {
        return committer.write(new Mutation.Update(key, value, expectedRevision, ttlSeconds));
    }

    @Override
    public WriteResult delete(String key, long expectedRevision) {
        return committer.write(new Mutation.Delete(key, expectedRevision));
    }

    @Override
    public WriteResult replaceAndDelete(String key, byte[] value, long expectedRevision) {
        return committer.write(new Mutation.ReplaceAndDelete(key, value, expectedRevision));
    }

    @Override
    public Watch watch(String prefix, long fromRevision, WatchListener listener) {
        committer.check();
        return revisions.hub().watch(prefix, fromRevision, listener, revisions::current, true);
    }

    @Override
    public Watch watchChanges(String prefix, long fromRevision, WatchListener listener) {
        committer.check();
        return revisions.hub().watch(prefix, fromRevision, listener, revisions::current, false);
    }

    @Override
    public void compact(long revision) {
        if (revision > revisions.current()) {
            throw new FutureRevisionException(
                    "cannot compact to " + revision + ", the newest is " + revisions.current(), revisions.current());
        }
        committer.compact(revision);
    }

    @Override
    public void checkWritable() {
        committer.checkWritable();
    }

    @Override
    public long compactedRevision() {
        return revisions.compacted();
    }

    @Override
    public void close() {
        committer.close();
        revisions.hub().awaitEnd();
        journal.close();
    }
}
