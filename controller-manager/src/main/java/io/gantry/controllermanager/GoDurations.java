package io.gantry.controllermanager;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them, with fractions: `15.02s`, `1m0.5s`.
public final class GoDurations {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|h|m|s)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDurations() {}

    /// Zero for what is none.
    public static Duration parse(String text) {
        Matcher matcher = PART.matcher(text);
        long nanos = 0;
        while (matcher.find()) {
            nanos += new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(NANOS.getOrDefault(matcher.group(2), 0L)))
                    .longValue();
        }
        return Duration.ofNanos(nanos);
    }
}
