package io.gantry.api.schema;

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
