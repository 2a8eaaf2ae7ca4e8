package io.gantry.controllermanager.statemetrics;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Writes the samples of one metric, in Prometheus' text format, as they come. Of one thread.
final class Samples {
    private final Appendable out;
    private String metric = "";
    private String object = "";

    Samples(Appendable out) {
        this.out = out;
    }

    /// Begins a metric.
    void begin(String name, String type) throws IOException {
        metric = name;
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /// Whose samples follow.
    ///
    /// @param labels names and values in turn
    void of(String... labels) {
        StringBuilder text = new StringBuilder();
        write(text, labels);
        object = text.toString();
    }

    /// A sample with further labels.
    ///
    /// @param labels names and values in turn; a value that is null is empty
    void add(double value, @Nullable String... labels) throws IOException {
        StringBuilder line = new StringBuilder(metric).append('{').append(object);
        write(line, labels);
        line.append("} ");
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            line.append((long) value);
        } else {
            line.append(value);
        }
        out.append(line.append('\n'));
    }

    /// A sample where there is a number.
    void number(@Nullable Number value) throws IOException {
        if (value != null) {
            add(value.doubleValue());
        }
    }

    /// A number that is zero where it is absent: Kubernetes leaves zeros out.
    void count(@Nullable Number value) throws IOException {
        add(value == null ? 0 : value.doubleValue());
    }

    void flag(boolean value, @Nullable String... labels) throws IOException {
        add(value ? 1 : 0, labels);
    }

    /// Seconds since 1970, where there is a time.
    void time(@Nullable Instant time) throws IOException {
        if (time != null) {
            add(time.getEpochSecond());
        }
    }

    private static void write(StringBuilder text, @Nullable String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '{') {
                text.append(',');
            }
            text.append(labels[i]).append("=\"");
            escape(text, labels[i + 1] == null ? "" : labels[i + 1]);
            text.append('"');
        }
    }

    private static void escape(StringBuilder text, @Nullable String value) {
        for (int i = 0; value != null && i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }
}
