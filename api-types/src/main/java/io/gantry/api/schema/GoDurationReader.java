package io.gantry.api.schema;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reads one duration, part by part: digits with a point anywhere among them, and a unit.
///
/// Sums are kept negative, since Go's `time.ParseDuration` takes one nanosecond more below zero than above it.
///
/// Not thread-safe; reads once.
final class GoDurationReader {
    private static final long TEN = 10;

    private final String text;
    private int at;

    GoDurationReader(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException in Go's words
    Duration read() {
        boolean negative = text.startsWith("-");
        at = negative || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        try {
            long sum = 0;
            do {
                sum = Math.addExact(sum, part());
            } while (at < text.length());
            return Duration.ofNanos(negative ? sum : Math.negateExact(sum));
        } catch (ArithmeticException tooLong) {
            throw refusal("invalid duration");
        }
    }

    /// The nanoseconds of the next part, negative.
    private long part() {
        int start = at;
        long whole = whole();
        int point = at;
        boolean isPoint = at < text.length() && text.charAt(at) == '.';
        String fraction = isPoint ? fraction() : "";
        if (point == start && fraction.isEmpty()) {
            throw refusal("invalid duration");
        }
        long unit = unit();
        return Math.subtractExact(Math.multiplyExact(whole, unit), share(fraction, unit));
    }

    /// The digits to the point or the unit, as a number below zero.
    private long whole() {
        long value = 0;
        for (; isDigit(); at++) {
            value = Math.subtractExact(Math.multiplyExact(value, TEN), text.charAt(at) - '0');
        }
        return value;
    }

    /// The digits after the point that stands next.
    private String fraction() {
        int start = ++at;
        while (isDigit()) {
            at++;
        }
        return text.substring(start, at);
    }

    /// What digits after the point make of a unit, rounded as Go rounds; those that a long has no room for say nothing.
    private static long share(String digits, long unit) {
        long value = 0;
        double scale = 1;
        for (int i = 0; i < digits.length() && value < Long.MAX_VALUE / TEN; i++) {
            value = value * TEN + (digits.charAt(i) - '0');
            scale *= TEN;
        }
        return (long) (value * (unit / scale));
    }

    /// The nanoseconds of the unit that stands next.
    private long unit() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '.' && !isDigit()) {
            at++;
        }
        String unit = text.substring(start, at);
        return switch (unit) {
            case "" -> throw refusal("missing unit in duration");
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> throw refusal("unknown unit " + quoted(unit) + " in duration");
        };
    }

    private boolean isDigit() {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException("time: " + what + " " + quoted(text));
    }

    /// Bytes that are no printable ASCII as `\x…`, as the time package quotes.
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            if (next == '"' || next == '\\') {
                quoted.append('\\').append((char) next);
            } else if (next < ' ') {
                quoted.append("\\x%02x".formatted(next));
            } else {
                quoted.append((char) next);
            }
        }
        return quoted.append('"').toString();
    }
}
