package io.gantry.api.schema;

import java.math.BigDecimal;
import java.time.Duration;

/// Durations in Go's notation, `1h30m`, `1.5s`, `-2ms`: the one place that reads and writes them (Go's
/// `time.ParseDuration` and `time.Duration.String`).
public final class GoDurations {
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private GoDurations() {}

    /// Whether a text is a duration.
    public static boolean isDuration(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The duration that a text says, to the nanosecond, within the 292 years that Go's have room for.
    ///
    /// @throws IllegalArgumentException when it is none, in Go's words
    public static Duration parse(String text) {
        return new GoDurationReader(text).read();
    }

    /// As Go prints it: below a second in the largest unit that leaves a whole number before the point (`1.5ms`), else
    /// in hours, minutes and seconds without leading zeros (`1m0.5s`); none is `0s`.
    public static String text(Duration duration) {
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        return duration.compareTo(Duration.ofSeconds(1)) < 0 ? small(duration.getNano()) : large(duration);
    }

    private static String small(int nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < MICROSECOND) {
            return nanos + "ns";
        }
        return nanos < MILLISECOND ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
    }

    private static String large(Duration duration) {
        String seconds = decimal(duration.toSecondsPart() * SECOND + duration.getNano(), 9) + "s";
        if (duration.toMinutes() == 0) {
            return seconds;
        }
        String minutes = duration.toMinutesPart() + "m" + seconds;
        return duration.toHours() == 0 ? minutes : duration.toHours() + "h" + minutes;
    }

    private static String decimal(long unscaled, int places) {
        return BigDecimal.valueOf(unscaled, places).stripTrailingZeros().toPlainString();
    }
}
