package io.gantry.api.kind;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.databind.JsonNode;

/// Durations as kubectl prints them (upstream `k8s.io/apimachinery/pkg/util/duration.HumanDuration`).
public final class HumanDuration {
    private static final String WHOLE_SECONDS = "0000-00-00T00:00:00Z";

    private HumanDuration() {}

    /// The age of an RFC 3339 timestamp, or `<unknown>` where it is absent.
    public static String since(JsonNode timestamp, Instant now) {
        if (!timestamp.isString()) {
            return "<unknown>";
        }
        return format(Duration.between(parse(timestamp.stringValue()), now));
    }

    /// The form in which servers write times, `2026-01-02T03:04:05Z`, is read by its digits: a Table has one in each
    /// row.
    private static Instant parse(String time) {
        if (time.length() != WHOLE_SECONDS.length() || !isWholeSeconds(time)) {
            return Instant.parse(time);
        }
        long days = LocalDate.of(number(time, 0, 4), number(time, 5, 7), number(time, 8, 10))
                .toEpochDay();
        long seconds = number(time, 11, 13) * 3600L + number(time, 14, 16) * 60L + number(time, 17, 19);
        return Instant.ofEpochSecond(days * 86_400 + seconds);
    }

    private static boolean isWholeSeconds(String time) {
        for (int i = 0; i < WHOLE_SECONDS.length(); i++) {
            char wanted = WHOLE_SECONDS.charAt(i);
            char is = time.charAt(i);
            if (wanted == '0' ? is < '0' || is > '9' : is != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /// At most two units, none that is zero: `59s`, `3m20s`, `12m`, `5h3m`, `8h`, `2d3h`, `30d`, `2y10d`.
    public static String format(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 60 * 2) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 60 * 3) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (days < 8) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 365 * 2) {
            return days + "d";
        }
        long years = days / 365;
        return years < 8 ? two(years, "y", days % 365, "d") : years + "y";
    }

    private static String two(long first, String firstUnit, long second, String secondUnit) {
        return second == 0 ? first + firstUnit : first + firstUnit + second + secondUnit;
    }
}
