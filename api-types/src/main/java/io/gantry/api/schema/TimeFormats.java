package io.gantry.api.schema;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// Formats of times as upstream's `strfmt` reads them.
final class TimeFormats {
    private static final int DATE_LENGTH = 10;
    private static final Pattern TIME =
            Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))");
    private static final Pattern AMOUNT = Pattern.compile("(\\d+)\\s*([A-Za-zµ]+)");
    private static final List<String> UNITS = List.of("ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk");
    private static final List<String> LONG_UNITS =
            List.of("nano", "micro", "milli", "sec", "min", "hour", "day", "week");

    private TimeFormats() {}

    static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text) && text.length() == DATE_LENGTH;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    /// A date, `t` and a time with its zone; what follows another `t` is not looked at.
    static boolean isDateTime(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("t", -1);
        if (parts.length < 2 || !isDate(parts[0])) {
            return false;
        }
        Matcher time = TIME.matcher(parts[1]);
        return time.matches()
                && time.group(1).compareTo("23") <= 0
                && time.group(2).compareTo("59") <= 0
                && time.group(3).compareTo("59") <= 0;
    }

    /// Go's durations, and amounts with units as Scala writes them (`3 days`), whatever stands between them.
    static boolean isDuration(String text) {
        if (GoDurations.isDuration(text)) {
            return true;
        }
        boolean any = false;
        Matcher amounts = AMOUNT.matcher(text);
        while (amounts.find()) {
            if (!isLong(amounts.group(1))) {
                return false;
            }
            any |= isUnit(amounts.group(2).toLowerCase(Locale.ROOT));
        }
        return any;
    }

    private static boolean isLong(String digits) {
        try {
            return Long.parseLong(digits) >= 0;
        } catch (NumberFormatException tooMany) {
            return false;
        }
    }

    private static boolean isUnit(String unit) {
        return UNITS.contains(unit) || LONG_UNITS.stream().anyMatch(unit::startsWith);
    }
}
