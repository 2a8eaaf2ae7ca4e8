package io.gantry.api.batch.v1.cronjob;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The numbers that a field may hold, and the names that some of them have.
///
/// @param min the least of them
/// @param max the largest, below 64
/// @param names in the order of the numbers, from the least on; of small letters
record CronBounds(int min, int max, List<String> names) {
    static final CronBounds MINUTE = new CronBounds(0, 59, List.of());
    static final CronBounds HOUR = new CronBounds(0, 23, List.of());
    static final CronBounds DAY = new CronBounds(1, 31, List.of());
    static final CronBounds MONTH = new CronBounds(
            1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
    static final CronBounds WEEKDAY = new CronBounds(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    /// In ASCII, as Go reads it: Java also takes the digits of other scripts.
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]+");

    /// A number or a name of any case, not looked at whether it lies within the bounds.
    ///
    /// @throws IllegalArgumentException when the text is neither
    long number(String text) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        return name >= 0 ? min + name : integer(text);
    }

    /// @throws IllegalArgumentException when the text is no whole number, or one below zero
    static long integer(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw unread(text, "invalid syntax");
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException tooLong) {
            throw unread(text, "value out of range");
        }
        if (value < 0) {
            throw new IllegalArgumentException("negative number (" + value + ") not allowed: " + text);
        }
        return value;
    }

    private static IllegalArgumentException unread(String text, String why) {
        return new IllegalArgumentException(
                "failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text + "\": " + why);
    }
}
