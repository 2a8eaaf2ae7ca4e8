package io.gantry.component;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// A histogram of Prometheus with labels, cheap enough for every step of every request: an observation is two
/// additions. Series that are made one after the other lie side by side in memory, so that who observes all of them in
/// turn, as admission does, takes few lines of memory from the other cores. Thread-safe.
public final class Histogram {
    /// Numbers that lie together: a kilobyte.
    private static final int BLOCK = 128;

    /// A series has two of them: how many short times there were, and their sum in nanoseconds.
    private static final int NUMBERS_A_SERIES = 2;

    private final String name;
    private final List<String> labels;
    private final double[] ends;
    private final Map<List<String>, Cells> series = new ConcurrentHashMap<>();
    private AtomicLongArray block = new AtomicLongArray(BLOCK);
    private int used;

    /// @param ends of the buckets, ascending; that of everything is added
    public Histogram(String name, List<String> labels, double... ends) {
        this.name = name;
        this.labels = List.copyOf(labels);
        this.ends = ends.clone();
    }

    /// The series of these labels' values.
    public Cells of(String... values) {
        return series.computeIfAbsent(List.of(values), key -> fresh());
    }

    private synchronized Cells fresh() {
        if (used == BLOCK) {
            block = new AtomicLongArray(BLOCK);
            used = 0;
        }
        used += NUMBERS_A_SERIES;
        return new Cells(ends, block, used - NUMBERS_A_SERIES);
    }

    /// Lines of Prometheus' text format; none before the first observation.
    public String text() {
        if (series.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("# TYPE " + name + " histogram\n");
        series.forEach((values, cells) -> {
            long[] counts = new long[cells.counts.length];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = cells.count(i);
            }
            Distribution.append(out, name, Counts.labels(labels, values), ends, counts, cells.total());
        });
        return out.toString();
    }

    /// One series.
    public static final class Cells {
        private final double[] ends;
        private final LongAdder[] counts;
        private final DoubleAdder sum = new DoubleAdder();
        private final AtomicLongArray brief;
        private final int at;
        private final long firstNanos;

        private Cells(double[] ends, AtomicLongArray brief, int at) {
            this.ends = ends;
            this.brief = brief;
            this.at = at;
            this.firstNanos = ends.length == 0 ? 0 : (long) (ends[0] * 1e9);
            this.counts = new LongAdder[ends.length + 1];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = new LongAdder();
            }
        }

        public void observe(double value) {
            int bucket = 0;
            while (bucket < ends.length && value > ends[bucket]) {
                bucket++;
            }
            counts[bucket].increment();
            sum.add(value);
        }

        /// A time as seconds.
        public void observeNanos(long time) {
            if (time < firstNanos) { // nearly always: then there is nothing to search or to convert
                brief.incrementAndGet(at);
                brief.addAndGet(at + 1, time);
            } else {
                observe(time / 1e9);
            }
        }

        private long count(int bucket) {
            return counts[bucket].sum() + (bucket == 0 ? brief.get(at) : 0);
        }

        private double total() {
            return sum.sum() + brief.get(at + 1) / 1e9;
        }
    }
}
