package io.gantry.store.mvcc;

import io.gantry.store.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/// Reads the values of many keys in the order in which they lie in the journal, by a few threads, and puts what is made
/// of them into the order of the keys.
final class RevisionScan<T> {
    /// Fewer than this are read by the caller alone.
    private static final int PART = 2048;
    private static final int MAX_THREADS = 4;

    private final Journal journal;
    private final Function<Entry, T> form;
    private final List<String> keys = new ArrayList<>();
    private final List<Version> versions = new ArrayList<>();

    RevisionScan(Journal journal, Function<Entry, T> form) {
        this.journal = journal;
        this.form = form;
    }

    void add(String key, Version version) {
        keys.add(key);
        versions.add(version);
    }

    /// @return in the order of [#add]; empty when a value is forgotten
    Optional<List<T>> read() {
        Object[] made = new Object[keys.size()];
        int[] order = byRevision();
        int threads = Math.clamp(
                order.length / PART,
                1,
                Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
        List<FutureTask<Boolean>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int from = (int) ((long) order.length * i / threads);
            int to = (int) ((long) order.length * (i + 1) / threads);
            parts.add(new FutureTask<>(() -> read(Arrays.copyOfRange(order, from, to), made), true));
        }
        parts.stream()
                .skip(1)
                .forEach(part -> Thread.ofPlatform().name("store-scan").daemon().start(part));
        parts.getFirst().run();
        parts.forEach(RevisionScan::await);
        return ordered(made);
    }

    /// Positions in the order of revisions, which no two changes share.
    private int[] byRevision() {
        long[] revisions = versions.stream().mapToLong(Version::modRevision).toArray();
        long[] sorted = revisions.clone();
        Arrays.sort(sorted);
        int[] order = new int[sorted.length];
        for (int i = 0; i < revisions.length; i++) {
            order[Arrays.binarySearch(sorted, revisions[i])] = i;
        }
        return order;
    }

    private void read(int[] order, Object[] made) {
        long[] revisions = Arrays.stream(order)
                .mapToLong(at -> versions.get(at).modRevision())
                .toArray();
        journal.values(revisions, (value, place) -> {
            int index = order[place];
            Version version = versions.get(index);
            made[index] =
                    form.apply(new Entry(keys.get(index), value, version.createRevision(), version.modRevision()));
        });
    }

    private static void await(FutureTask<Boolean> part) {
        try {
            part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private Optional<List<T>> ordered(Object[] made) {
        for (Object one : made) {
            if (one == null) {
                return Optional.empty();
            }
        }
        return Optional.of((List<T>) Arrays.asList(made));
    }
}
