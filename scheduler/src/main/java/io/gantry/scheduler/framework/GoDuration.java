package io.gantry.scheduler.framework;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes and reads them: `1m30s`, `250ms`, `0s`.
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|s|us|ns)");
    private static final double NANOS_A_SECOND = 1e9;
    private static final int MINUTES_AN_HOUR = 60;

    private GoDuration() {}

    /// E.g. `10m0s`, `1.5s`, `20ms`.
    public static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + "ms";
        }
        long minutes = duration.toMinutes();
        double seconds = duration.minusMinutes(minutes).toNanos() / NANOS_A_SECOND;
        String tail = (seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds)) + "s";
        if (minutes == 0) {
            return tail;
        }
        long hours = minutes / MINUTES_AN_HOUR;
        return (hours > 0 ? hours + "h" : "") + minutes % MINUTES_AN_HOUR + "m" + tail;
    }

    /// @throws IllegalArgumentException when the text is no duration
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = PART.matcher(text);
        double seconds = 0;
        int at = 0;
        while (at < text.length()) {
            if (!parts.find(at) || parts.start() != at) {
                throw new IllegalArgumentException("invalid duration \"" + text + "\"");
            }
            seconds += Double.parseDouble(parts.group(1)) * secondsOf(parts.group(2));
            at = parts.end();
        }
        if (at == 0) {
            throw new IllegalArgumentException("invalid duration \"" + text + "\"");
        }
        return Duration.ofNanos(Math.round(seconds * NANOS_A_SECOND));
    }

    private static double secondsOf(String unit) {
        return switch (unit) {
            case "h" -> 3600;
            case "m" -> 60;
            case "ms" -> 1e-3;
            case "us" -> 1e-6;
            case "ns" -> 1e-9;
            default -> 1;
        };
    }
}
