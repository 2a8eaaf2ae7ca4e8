package io.gantry.cel.cost;

/// The least and the most of a size or cost; saturates at [#UNBOUNDED].
public record Range(long min, long max) {
    public static final long UNBOUNDED = Long.MAX_VALUE;
    public static final Range ZERO = new Range(0, 0);
    public static final Range ONE = new Range(1, 1);
    public static final Range UNKNOWN = new Range(0, UNBOUNDED);

    public static Range exactly(long value) {
        return new Range(value, value);
    }

    Range plus(Range other) {
        return new Range(sum(min, other.min), sum(max, other.max));
    }

    Range times(Range other) {
        return new Range(product(min, other.min), product(max, other.max));
    }

    Range times(double factor) {
        return new Range(scaled(min, factor), scaled(max, factor));
    }

    Range union(Range other) {
        return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }

    static long sum(long a, long b) {
        return a > UNBOUNDED - b ? UNBOUNDED : a + b;
    }

    /// A product that saturates.
    public static long product(long a, long b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        return a > UNBOUNDED / b ? UNBOUNDED : a * b;
    }

    private static long scaled(long value, double factor) {
        double scaled = Math.ceil(value * factor);
        return scaled >= UNBOUNDED ? UNBOUNDED : (long) scaled;
    }
}
