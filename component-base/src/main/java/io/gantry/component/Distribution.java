package io.gantry.component;

/// One series of a Prometheus histogram for who has a lock already: an observation is two additions. Not thread-safe.
public final class Distribution {
    private final double[] ends;
    private final long[] counts;
    private double sum;

    /// @param ends of the buckets, ascending; that of everything is added. Shared, not copied
    public Distribution(double[] ends) {
        this(ends, new long[ends.length + 1], 0);
    }

    private Distribution(double[] ends, long[] counts, double sum) {
        this.ends = ends;
        this.counts = counts;
        this.sum = sum;
    }

    public void observe(double value) {
        int bucket = 0;
        while (bucket < ends.length && value > ends[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += value;
    }

    /// As it is now.
    public Distribution copy() {
        return new Distribution(ends, counts.clone(), sum);
    }

    /// Appends lines of Prometheus' text format, without the type.
    ///
    /// @param labels `name="value",…`, may be empty
    public void append(StringBuilder out, String name, String labels) {
        append(out, name, labels, ends, counts, sum);
    }

    static void append(StringBuilder out, String name, String labels, double[] ends, long[] counts, double sum) {
        String comma = labels.isEmpty() ? "" : labels + ",";
        long count = 0;
        for (int i = 0; i <= ends.length; i++) {
            count += counts[i];
            String end = i == ends.length ? "+Inf" : Double.toString(ends[i]);
            out.append(name + "_bucket{" + comma + "le=\"" + end + "\"} " + count + "\n");
        }
        String braces = labels.isEmpty() ? "" : "{" + labels + "}";
        out.append(name + "_sum" + braces + " " + sum + "\n");
        out.append(name + "_count" + braces + " " + count + "\n");
    }
}
