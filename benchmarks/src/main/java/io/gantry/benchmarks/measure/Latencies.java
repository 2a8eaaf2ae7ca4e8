package io.gantry.benchmarks.measure;

/// A histogram of durations with a relative error below 1 %. Not thread-safe; one a thread, merged at the end.
public final class Latencies {
    private static final int BITS = 7;
    private static final int SUB = 1 << BITS;
    private static final int BUCKETS = (64 - BITS) * SUB;

    private final int[] counts = new int[BUCKETS];
    private long count;
    private long max;

    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    public void add(Latencies other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
    }

    public long count() {
        return count;
    }

    public double maxMillis() {
        return max / 1e6;
    }

    /// The duration below which this part of all lies; 0 of nothing.
    ///
    /// @param part in (0, 1]
    public double millis(double part) {
        long wanted = (long) Math.ceil(part * count);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= wanted && counts[i] > 0) {
                return value(i) / 1e6;
            }
        }
        return 0;
    }

    private static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - BITS;
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    }

    private static double value(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (bucket % SUB + SUB) << shift) + (1L << shift) / 2.0;
    }
}
