package io.gantry.cel.value;

import java.math.BigDecimal;
import java.time.Duration;

/// Durations as CEL writes them: in seconds alone.
public final class CelDuration {
    private CelDuration() {}

    /// E.g. `5400s`, `1.5s`.
    public static String text(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros();
        return seconds.toPlainString() + "s";
    }
}
