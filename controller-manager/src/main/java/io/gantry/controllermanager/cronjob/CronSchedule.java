package io.gantry.controllermanager.cronjob;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A schedule in cron's five fields (minute, hour, day of month, month, day of week) or one of its `@` names. When both
/// days are limited, either may match, as in cron.
final class CronSchedule {
    private static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private static final String EVERY = "@every ";
    private static final Pattern PART = Pattern.compile("(\\d+)(h|m|s)");

    /// A zone in the schedule itself, as old clusters have it.
    private static final Pattern ZONED = Pattern.compile("(?:CRON_)?TZ=(\\S+)\\s+(.*)");

    /// No schedule that ever matches needs longer: February 29 comes within eight years.
    private static final int MAX_DAYS = 366 * 8 + 2;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet monthDays;
    private final BitSet months;
    private final BitSet weekDays;
    private final Duration every;
    private final boolean anyMonthDay;
    private final boolean anyWeekDay;
    private final ZoneId zone;

    private CronSchedule(String[] fields, Duration every, ZoneId zone) {
        this.every = every;
        this.minutes = bits(fields[0], 0, 59, List.of());
        this.hours = bits(fields[1], 0, 23, List.of());
        this.monthDays = bits(fields[2], 1, 31, List.of());
        this.months = bits(fields[3], 1, 12, MONTHS);
        this.weekDays = bits(fields[4], 0, 7, DAYS);
        if (weekDays.get(7)) {
            weekDays.set(0);
        }
        this.anyMonthDay = fields[2].startsWith("*") || fields[2].startsWith("?");
        this.anyWeekDay = fields[4].startsWith("*") || fields[4].startsWith("?");
        this.zone = zone;
    }

    /// @param timeZone empty for UTC
    /// @throws IllegalArgumentException saying what is wrong
    static CronSchedule parse(String text, String timeZone) {
        Matcher zoned = ZONED.matcher(text.strip());
        if (zoned.matches()) {
            return parse(zoned.group(2), zoned.group(1));
        }
        ZoneId zone = zone(timeZone);
        if (text.strip().startsWith(EVERY)) {
            return new CronSchedule(
                    expand("@hourly").split(" "), duration(text.strip().substring(EVERY.length())), zone);
        }
        String[] fields = expand(text.strip()).split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("expected exactly 5 fields, found " + fields.length + ": " + text);
        }
        return new CronSchedule(fields, Duration.ZERO, zone);
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("unknown time zone " + name, e);
        }
    }

    static boolean isZone(String name) {
        return name.isEmpty() || ZoneId.getAvailableZoneIds().contains(name);
    }

    /// A time as the zone's clocks show it, with its offset.
    static String inZone(Instant at, String timeZone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atZone(zone(timeZone)));
    }

    /// At least a second, in whole seconds.
    private static Duration duration(String text) {
        Matcher part = PART.matcher(text);
        long seconds = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            long unit = switch (part.group(2)) {
                case "h" -> 3600;
                case "m" -> 60;
                default -> 1;
            };
            seconds += Long.parseLong(part.group(1)) * unit;
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException("failed to parse duration @every " + text);
        }
        return Duration.ofSeconds(Math.max(1, seconds));
    }

    private static String expand(String text) {
        return switch (text) {
            case "@yearly", "@annually" -> "0 0 1 1 *";
            case "@monthly" -> "0 0 1 * *";
            case "@weekly" -> "0 0 * * 0";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@hourly" -> "0 * * * *";
            default -> text;
        };
    }

    private static BitSet bits(String field, int min, int max, List<String> names) {
        BitSet bits = new BitSet(max + 1);
        for (String part : field.split(",")) {
            String[] stepped = part.split("/");
            String[] ends = stepped[0].split("-");
            boolean any = stepped[0].equals("*") || stepped[0].equals("?");
            int from = any ? min : number(ends[0], names);
            int to = any || stepped.length > 1 && ends.length == 1 ? max : number(ends[ends.length - 1], names);
            int step = stepped.length > 1 ? number(stepped[1], List.of()) : 1;
            if (from < min || to > max || from > to || step < 1) {
                throw new IllegalArgumentException("out of range: " + part);
            }
            for (int i = from; i <= to; i += step) {
                bits.set(i);
            }
        }
        return bits;
    }

    private static int number(String text, List<String> names) {
        int named = names.indexOf(text.toLowerCase(Locale.ROOT));
        try {
            return named >= 0 ? named : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + text, e);
        }
    }

    /// The first time after `after`; empty when there is none, e.g. on February 30.
    Optional<Instant> next(Instant after) {
        if (!every.isZero()) {
            return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(every));
        }
        ZonedDateTime at = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime end = at.plusDays(MAX_DAYS);
        while (at.isBefore(end)) {
            if (!matchesDay(at)) {
                at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return Optional.of(at.toInstant());
            }
        }
        return Optional.empty();
    }

    private boolean matchesDay(ZonedDateTime at) {
        if (!months.get(at.getMonthValue())) {
            return false;
        }
        boolean monthDay = monthDays.get(at.getDayOfMonth());
        boolean weekDay = weekDays.get(at.getDayOfWeek().getValue() % 7);
        return anyMonthDay || anyWeekDay ? monthDay && weekDay : monthDay || weekDay;
    }
}
