package io.gantry.store.mvcc;

import io.gantry.store.CompactedException;
import io.gantry.store.Entry;
import io.gantry.store.FutureRevisionException;
import io.gantry.store.Range;
import io.gantry.store.RangeResult;
import io.gantry.store.Scan;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.watch.EventHistory;
import io.gantry.store.watch.WatchHub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The state: index, journal, published revision. Written by the committer's thread only; read by any.
///
/// Invariant: what is published (at or below [#current]) is durable, and nothing above it is ever shown.
final class Revisions implements EventHistory {
    private static final int FORGET_SLICE = 2_000;
    private static final int READ_SLICE = 1_000;
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final RevisionIndex index = new RevisionIndex();
    private final Journal journal;
    private final WatchHub hub;
    private volatile long current = 1;
    private volatile long compacted;
    private long forgottenTo;

    Revisions(Journal journal, Expiries expiries) {
        this.journal = journal;
        this.compacted = journal.compactedRevision();
        long floor = compacted - 1;
        Set<String> unfinished = new HashSet<>();
        journal.replay(header -> {
            Version version = header.version();
            index.add(header.key(), version);
            expiries.add(header.key(), version);
            current = version.modRevision();
            if (version.modRevision() <= floor && !version.isFirst()) {
                unfinished.add(header.key());
            }
        });
        forget(unfinished, floor);
        this.forgottenTo = compacted;
        this.hub = new WatchHub(this, current, compacted);
    }

    /// Drops what a compaction before the start left behind. Only a key that was written anew or
    /// deleted below the floor has something to drop.
    private void forget(Set<String> unfinished, long floor) {
        List<Long> dropped = new ArrayList<>();
        unfinished.forEach(key -> dropped.addAll(index.forget(key, floor)));
        if (!dropped.isEmpty()) {
            journal.forget(dropped);
        }
    }

    WatchHub hub() {
        return hub;
    }

    long current() {
        return current;
    }

    long compacted() {
        return compacted;
    }

    Batch batch() {
        return new Batch(current, new Batch.Before() {
            @Override
            public Optional<Version> version(String key) {
                return index.at(key, NO_LIMIT);
            }

            @Override
            public Entry entry(String key, Version version) {
                return Revisions.this.entry(key, version);
            }
        });
    }

    void commit(Batch batch) {
        journal.append(batch.changes());
        for (Change change : batch.changes()) {
            index.add(change.key(), change.version());
        }
        current = batch.revision();
        hub.publish(batch.events(), current);
    }

    /// After [Journal#recover]: shows what the failed append left behind, which is durable now.
    ///
    /// @return the changes that were not known
    List<Change.Header> catchUp() {
        List<Change.Header> found = journal.headers(current + 1, NO_LIMIT, Integer.MAX_VALUE);
        List<StoreEvent> events = new ArrayList<>(found.size());
        for (Change.Header header : found) {
            index.add(header.key(), header.version());
            event(header, false).ifPresent(events::add);
        }
        if (!found.isEmpty()) {
            current = found.getLast().version().modRevision();
            hub.publish(events, current);
        }
        return found;
    }

    /// Makes the journal writable again.
    void recover() {
        journal.recover();
    }

    /// Makes older revisions unreadable at once; [#forgetSome] frees them bit by bit.
    void compact(long revision) {
        if (revision <= compacted) {
            return;
        }
        journal.compacted(revision);
        compacted = revision;
        hub.compacted(revision);
    }

    boolean forgetting() {
        return forgottenTo < compacted;
    }

    void forgetSome() {
        if (!forgetting()) {
            return;
        }
        long floor = compacted - 1;
        List<Long> dropped = new ArrayList<>();
        List<Change.Header> slice = journal.headers(forgottenTo, floor, FORGET_SLICE);
        for (Change.Header header : slice) {
            dropped.addAll(index.forget(header.key(), floor));
        }
        journal.forget(dropped);
        forgottenTo = slice.size() < FORGET_SLICE
                ? compacted
                : slice.getLast().version().modRevision() + 1;
    }

    void fail(StoreException cause) {
        hub.fail(cause);
    }

    Optional<Entry> get(String key) {
        while (true) {
            long revision = current;
            Optional<Entry> found = index.at(key, revision).flatMap(version -> find(key, version));
            if (found.isPresent() || compacted <= revision) {
                return found;
            }
        }
    }

    RangeResult range(Range range) {
        while (true) {
            boolean newest = range.revision() == 0;
            long revision = newest ? current : range.revision();
            if (revision > current) {
                throw new FutureRevisionException(
                        "revision " + revision + " has not happened yet, the newest is " + current, current);
            }
            Optional<RangeResult> result = compacted > revision ? Optional.empty() : read(range, revision);
            if (result.isPresent() && compacted <= revision) {
                return result.get();
            }
            if (!newest) {
                throw compactedAt(revision);
            }
        }
    }

    /// All entries with a prefix at the newest revision, made into something.
    <T> Scan<T> scan(String prefix, Function<Entry, T> form) {
        Range range = Range.prefix(prefix);
        while (true) {
            long revision = current;
            RevisionScan<T> scan = new RevisionScan<>(journal, form);
            index.forEach(range.start(), range.end(), revision, scan::add);
            Optional<List<T>> items = scan.read();
            if (items.isPresent()) {
                return new Scan<>(items.get(), revision);
            }
            if (compacted <= revision) {
                throw new StoreUnavailableException("a value is missing at revision " + revision);
            }
        }
    }

    @Override
    public Slice read(long from, long to, boolean previous) {
        List<Change.Header> headers = journal.headers(from, to, READ_SLICE);
        List<StoreEvent> events = new ArrayList<>(headers.size());
        for (Change.Header header : headers) {
            event(header, previous).ifPresent(events::add);
        }
        if (compacted > from) {
            throw compactedAt(from);
        }
        long through =
                headers.size() < READ_SLICE ? to : headers.getLast().version().modRevision();
        return new Slice(events, through);
    }

    @Override
    public StoreEvent withPrevious(StoreEvent event) {
        Optional<Entry> previous = previous(event.key(), event.revision());
        if (compacted > event.revision()) {
            throw compactedAt(event.revision());
        }
        return switch (event) {
            case StoreEvent.Put put -> new StoreEvent.Put(put.entry(), previous);
            case StoreEvent.Delete delete ->
                new StoreEvent.Delete(delete.key(), delete.revision(), previous.orElseThrow());
        };
    }

    private Optional<Entry> previous(String key, long revision) {
        return index.at(key, revision - 1).flatMap(older -> find(key, older));
    }

    private Optional<StoreEvent> event(Change.Header header, boolean whole) {
        Version version = header.version();
        if (version.deleted()) {
            return previous(header.key(), version.modRevision())
                    .map(entry -> new StoreEvent.Delete(header.key(), version.modRevision(), entry));
        }
        Optional<Entry> previous = whole ? previous(header.key(), version.modRevision()) : Optional.empty();
        return find(header.key(), version).map(entry -> new StoreEvent.Put(entry, previous));
    }

    private Optional<RangeResult> read(Range range, long revision) {
        List<Entry> entries = new ArrayList<>();
        long[] seen = {0};
        boolean[] lost = {false};
        index.forEach(range.start(), range.end(), revision, (key, version) -> {
            if (range.limit() == 0 || seen[0] < range.limit()) {
                find(key, version).ifPresentOrElse(entries::add, () -> lost[0] = true);
            }
            seen[0]++;
        });
        if (lost[0] && compacted <= revision) {
            throw new StoreUnavailableException("a value is missing at revision " + revision);
        }
        return lost[0] ? Optional.empty() : Optional.of(new RangeResult(entries, revision, seen[0] - entries.size()));
    }

    private Optional<Entry> find(String key, Version version) {
        return journal.value(version.modRevision())
                .map(value -> new Entry(key, value, version.createRevision(), version.modRevision()));
    }

    private Entry entry(String key, Version version) {
        return find(key, version)
                .orElseThrow(() -> new StoreUnavailableException(
                        "the value of " + key + " at revision " + version.modRevision() + " is missing"));
    }

    private CompactedException compactedAt(long revision) {
        return new CompactedException("revision " + revision + " is compacted, the oldest is " + compacted, compacted);
    }
}
