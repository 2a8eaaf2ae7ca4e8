package io.gantry.store.memory;

import io.gantry.store.mvcc.Change;
import io.gantry.store.mvcc.Journal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// A journal that lives as long as the process.
final class HeapJournal implements Journal {
    private final ConcurrentSkipListMap<Long, Change> changes = new ConcurrentSkipListMap<>();

    @Override
    public void replay(Consumer<Change.Header> visitor) {
        changes.values().forEach(change -> visitor.accept(header(change)));
    }

    @Override
    public long compactedRevision() {
        return 1;
    }

    @Override
    public void append(List<Change> added) {
        added.forEach(change -> changes.put(change.version().modRevision(), change));
    }

    @Override
    public Optional<byte[]> value(long revision) {
        return Optional.ofNullable(changes.get(revision)).map(Change::value);
    }

    @Override
    public List<Change.Header> headers(long from, long to, int limit) {
        if (from > to) {
            return List.of();
        }
        return changes.subMap(from, true, to, true).values().stream()
                .limit(limit)
                .map(HeapJournal::header)
                .toList();
    }

    @Override
    public void compacted(long revision) {
        // Nothing outlives the process.
    }

    @Override
    public void forget(List<Long> revisions) {
        revisions.forEach(changes::remove);
    }

    @Override
    public void close() {
        // The heap needs no closing.
    }

    private static Change.Header header(Change change) {
        return new Change.Header(change.key(), change.version());
    }
}
