package io.gantry.apiserver.resourcemetrics;

import java.math.BigDecimal;
import java.time.Duration;

/// Durations as Go writes them: `15.02s`, `1m0.5s`, `250ms`. To the millisecond.
final class GoDuration {
    private static final long MILLIS = 1000;
    private static final long MINUTE = 60;

    private GoDuration() {}

    static String of(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis == 0) {
            return "0s";
        }
        if (millis < MILLIS) {
            return millis + "ms";
        }
        long minutes = millis / MILLIS / MINUTE;
        BigDecimal seconds =
                BigDecimal.valueOf(millis - minutes * MINUTE * MILLIS, 3).stripTrailingZeros();
        String rest = seconds.signum() == 0 ? "0" : seconds.toPlainString();
        return (minutes == 0 ? "" : minutes >= MINUTE ? minutes / MINUTE + "h" + minutes % MINUTE + "m" : minutes + "m")
                + rest + "s";
    }
}
