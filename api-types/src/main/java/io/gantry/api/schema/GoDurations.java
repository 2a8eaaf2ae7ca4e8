package io.gantry.api.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// Durations as Go's `time.ParseDuration` takes them: `1h30m`, `1.5s`, `-2ms`.
public final class GoDurations {
    private static final String[] UNITS = {"ns", "us", "µs", "μs", "ms", "s", "m", "h"};

    private GoDurations() {}

    /// Whether a text is a duration.
    public static boolean isDuration(String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return true;
        }
        if (rest.isEmpty()) {
            return false;
        }
        while (!rest.isEmpty()) {
            int number = numberLength(rest);
            String unit = number == 0 ? "" : unitOf(rest.substring(number));
            if (unit.isEmpty()) {
                return false;
            }
            rest = rest.substring(number + unit.length());
        }
        return true;
    }

    /// The duration that a text says.
    ///
    /// @throws IllegalArgumentException when it is none, in Go's words
    public static Duration parse(String text) {
        if (!isDuration(text)) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        Duration sum = Duration.ZERO;
        while (!rest.isEmpty() && !rest.equals("0")) {
            int number = numberLength(rest);
            String unit = unitOf(rest.substring(number));
            sum = sum.plus(of(new BigDecimal(rest.substring(0, number)), unit));
            rest = rest.substring(number + unit.length());
        }
        return negative ? sum.negated() : sum;
    }

    private static Duration of(BigDecimal number, String unit) {
        long nanos = switch (unit) {
            case "ns" -> 1;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1000;
        };
        return Duration.ofNanos(number.multiply(BigDecimal.valueOf(nanos))
                .setScale(0, RoundingMode.DOWN)
                .longValue());
    }

    private static int numberLength(String text) {
        int at = 0;
        int digits = 0;
        boolean point = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
            at++;
        }
        return digits == 0 ? 0 : at;
    }

    private static String unitOf(String text) {
        for (String unit : UNITS) {
            if (text.startsWith(unit)) {
                return unit;
            }
        }
        return "";
    }
}
