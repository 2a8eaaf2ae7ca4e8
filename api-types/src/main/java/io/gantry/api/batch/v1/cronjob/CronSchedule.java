package io.gantry.api.batch.v1.cronjob;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A schedule of five fields, as cron writes them (upstream uses `github.com/robfig/cron`): minute, hour, day of month,
/// month, day of week; names, ranges, steps, lists, and descriptors such as `@hourly`. Immutable.
public final class CronSchedule {
    private static final int YEARS_AHEAD = 5;
    private static final Map<String, String> DESCRIPTORS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private record Range(int min, int max, List<String> names, int nameOffset) {}

    private static final Range MINUTE = new Range(0, 59, List.of(), 0);
    private static final Range HOUR = new Range(0, 23, List.of(), 0);
    private static final Range DAY = new Range(1, 31, List.of(), 0);
    private static final Range MONTH = new Range(1, 12, MONTHS, 1);
    private static final Range WEEKDAY = new Range(0, 6, DAYS, 0);

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private CronSchedule(List<String> fields) {
        minutes = field(fields.get(0), MINUTE);
        hours = field(fields.get(1), HOUR);
        days = field(fields.get(2), DAY);
        months = field(fields.get(3), MONTH);
        weekdays = field(fields.get(4), WEEKDAY);
        anyDay = isAny(fields.get(2));
        anyWeekday = isAny(fields.get(4));
    }

    /// Reads a schedule.
    ///
    /// @throws IllegalArgumentException with upstream's words where it is none
    public static CronSchedule parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty spec string");
        }
        String schedule = text.strip();
        if (schedule.startsWith("@")) {
            String fields = DESCRIPTORS.get(schedule);
            if (fields == null) {
                throw new IllegalArgumentException("unrecognized descriptor: " + schedule);
            }
            schedule = fields;
        }
        List<String> fields = List.of(schedule.split("\\s+"));
        if (fields.size() != 5) {
            throw new IllegalArgumentException(
                    "expected exactly 5 fields, found " + fields.size() + ": [" + String.join(" ", fields) + "]");
        }
        return new CronSchedule(fields);
    }

    /// The first time after `after`, in its time zone; empty where there is none within five years.
    public Optional<ZonedDateTime> next(ZonedDateTime after) {
        ZonedDateTime time = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime end = after.plusYears(YEARS_AHEAD);
        while (time.isBefore(end)) {
            if (!months.get(time.getMonthValue())) {
                time = time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).plusMonths(1);
            } else if (!isDay(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    private boolean isDay(ZonedDateTime time) {
        boolean day = days.get(time.getDayOfMonth());
        boolean weekday = weekdays.get(time.getDayOfWeek().getValue() % 7);
        return anyDay || anyWeekday ? day && weekday : day || weekday;
    }

    private static boolean isAny(String field) {
        return field.startsWith("*") || field.startsWith("?");
    }

    private static BitSet field(String field, Range range) {
        BitSet bits = new BitSet();
        for (String part : field.split(",")) {
            part(part, range, bits);
        }
        return bits;
    }

    private static void part(String part, Range range, BitSet bits) {
        String[] stepped = part.split("/", -1);
        String[] ends = stepped[0].split("-", -1);
        if (stepped.length > 2) {
            throw new IllegalArgumentException("too many slashes: " + part);
        }
        if (ends.length > 2) {
            throw new IllegalArgumentException("too many hyphens: " + part);
        }
        boolean any = ends[0].equals("*") || ends[0].equals("?");
        int start = any ? range.min : number(ends[0], range);
        int end = any ? range.max : ends.length == 2 ? number(ends[1], range) : start;
        int step = 1;
        if (stepped.length == 2) {
            step = integer(stepped[1]);
            if (ends.length == 1) {
                end = range.max;
            }
        }
        check(start, end, step, range, part);
        for (int i = start; i <= end; i += step) {
            bits.set(i);
        }
    }

    private static void check(int start, int end, int step, Range range, String part) {
        if (start < range.min) {
            throw new IllegalArgumentException(
                    "beginning of range (" + start + ") below minimum (" + range.min + "): " + part);
        }
        if (end > range.max) {
            throw new IllegalArgumentException("end of range (" + end + ") above maximum (" + range.max + "): " + part);
        }
        if (start > end) {
            throw new IllegalArgumentException(
                    "beginning of range (" + start + ") beyond end of range (" + end + "): " + part);
        }
        if (step == 0) {
            throw new IllegalArgumentException("step of range should be a positive number: " + part);
        }
    }

    private static int number(String text, Range range) {
        int name = range.names.indexOf(text.toLowerCase(Locale.ROOT));
        return name >= 0 ? name + range.nameOffset : integer(text);
    }

    private static int integer(String text) {
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
        if (value < 0) {
            throw new IllegalArgumentException("negative number (" + value + ") not allowed: " + text);
        }
        return value;
    }
}
