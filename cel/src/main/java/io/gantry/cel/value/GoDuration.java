package io.gantry.cel.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations in Go's words: `1h30m`, `1.5s`.
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private GoDuration() {}

    /// Reads a duration.
    ///
    /// @throws CelError when it is none or too long
    public static Duration parse(String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = PART.matcher(rest);
        BigDecimal nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < rest.length() && part.find(at) && part.start() == at) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
            at = part.end();
        }
        if (rest.isEmpty() || at < rest.length()) {
            throw new CelError("time: invalid duration \"" + text + "\"");
        }
        BigDecimal whole = nanos.setScale(0, RoundingMode.DOWN);
        if (whole.unscaledValue().bitLength() > 63) {
            throw new CelError("time: invalid duration \"" + text + "\"");
        }
        Duration duration = Duration.ofNanos(whole.longValueExact());
        return text.startsWith("-") ? duration.negated() : duration;
    }

    private static BigDecimal unit(String unit) {
        return switch (unit) {
            case "ns" -> BigDecimal.ONE;
            case "us", "µs", "μs" -> BigDecimal.valueOf(1000);
            case "ms" -> BigDecimal.valueOf(1_000_000);
            case "s" -> NANOS;
            case "m" -> NANOS.multiply(BigDecimal.valueOf(60));
            default -> NANOS.multiply(BigDecimal.valueOf(3600));
        };
    }

    /// As CEL writes it: seconds, `5400s`, `1.5s`.
    public static String text(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros();
        return seconds.toPlainString() + "s";
    }
}
