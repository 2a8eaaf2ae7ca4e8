package io.gantry.api.batch.v1.cronjob;

import java.util.List;
import java.util.Locale;

/// The numbers that a field may hold, and the names that some of them have.
///
/// @param names in the order of the numbers, from the least on
record CronBounds(int min, int max, List<String> names) {
    static final CronBounds MINUTE = new CronBounds(0, 59, List.of());
    static final CronBounds HOUR = new CronBounds(0, 23, List.of());
    static final CronBounds DAY = new CronBounds(1, 31, List.of());
    static final CronBounds MONTH = new CronBounds(
            1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
    static final CronBounds WEEKDAY = new CronBounds(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    /// A number or a name, not looked at whether it lies within the bounds.
    ///
    /// @throws IllegalArgumentException when the text is neither
    long number(String text) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        return name >= 0 ? min + name : integer(text);
    }

    /// @throws IllegalArgumentException when the text is no whole number, or one below zero
    static long integer(String text) {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException none) {
            boolean tooLong = text.matches("[+-]?[0-9]+");
            throw new IllegalArgumentException(
                    "failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text + "\": "
                            + (tooLong ? "value out of range" : "invalid syntax"),
                    none);
        }
        if (value < 0) {
            throw new IllegalArgumentException("negative number (" + value + ") not allowed: " + text);
        }
        return value;
    }
}
