package io.gantry.cel.library;

import io.gantry.api.schema.GoDurations;
import io.gantry.api.schema.GoTimeZones;
import io.gantry.cel.value.CelError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.ToLongFunction;

/// Timestamps and durations.
final class TimeFunctions {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private TimeFunctions() {}

    static void add(FunctionTable table) {
        part(table, "getFullYear", ZonedDateTime::getYear);
        part(table, "getMonth", time -> time.getMonthValue() - 1L);
        part(table, "getDayOfYear", time -> time.getDayOfYear() - 1L);
        part(table, "getDayOfMonth", time -> time.getDayOfMonth() - 1L);
        part(table, "getDate", ZonedDateTime::getDayOfMonth);
        part(table, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7L);
        both(table, "getHours", ZonedDateTime::getHour, Duration::toHours);
        both(table, "getMinutes", ZonedDateTime::getMinute, Duration::toMinutes);
        both(table, "getSeconds", ZonedDateTime::getSecond, Duration::toSeconds);
        both(table, "getMilliseconds", time -> time.getNano() / 1_000_000L, Duration::toMillis);
    }

    private static void part(FunctionTable table, String name, ToLongFunction<ZonedDateTime> part) {
        table.standard(name, args -> part.applyAsLong(zoned(args)));
    }

    private static void both(
            FunctionTable table, String name, ToLongFunction<ZonedDateTime> time, ToLongFunction<Duration> whole) {
        table.standard(
                name,
                args -> args[0] instanceof Duration duration
                        ? whole.applyAsLong(duration)
                        : time.applyAsLong(zoned(args)));
    }

    private static ZonedDateTime zoned(Object... args) {
        Instant time = Arguments.as(Instant.class, args[0]);
        return time.atZone(args.length > 1 ? zone(Arguments.text(args[1])) : ZoneOffset.UTC);
    }

    private static ZoneId zone(String name) {
        try {
            if (name.contains(":")) {
                char first = name.charAt(0);
                return ZoneOffset.of(first == '+' || first == '-' ? name : "+" + name);
            }
            return GoTimeZones.load(name);
        } catch (DateTimeException | IllegalArgumentException unknown) {
            throw new CelError("unknown time zone " + name);
        }
    }

    static Object timestamp(Object value) {
        return switch (value) {
            case Instant time -> time;
            case Long seconds -> inRange(Instant.ofEpochSecond(seconds));
            case String text -> parsed(text);
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Instant parsed(String text) {
        try {
            return inRange(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException malformed) {
            throw CelError.ofText("google.protobuf.Timestamp");
        }
    }

    static Object duration(Object value) {
        return switch (value) {
            case Duration duration -> duration;
            case Long nanos -> Duration.ofNanos(nanos);
            case String text -> read(text);
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Duration read(String text) {
        try {
            return GoDurations.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw CelError.ofText("google.protobuf.Duration");
        }
    }

    static String text(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time).replaceFirst("(\\.\\d*?)0+Z$", "$1Z");
    }

    static Instant inRange(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new CelError("timestamp overflow");
        }
        return time;
    }

    static Duration inRange(Duration duration) {
        try {
            return Duration.ofNanos(duration.toNanos());
        } catch (ArithmeticException tooLong) {
            throw new CelError("duration overflow");
        }
    }
}
