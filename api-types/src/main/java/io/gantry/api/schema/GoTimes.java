package io.gantry.api.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Timestamps as Go reads and writes them: seconds (`metav1.Time`) or microseconds (`metav1.MicroTime`), in UTC.
public final class GoTimes {
    private static final DateTimeFormatter MICRO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
    /// Where digits stand.
    private static final String LAYOUT = "0000-00-00T00:00:00.000000";

    private static final String MICRO_LAYOUT = "2006-01-02T15:04:05.000000Z07:00";

    /// Where the fraction begins, and how long it is with its dot.
    private static final int FRACTION = "2006-01-02T15:04:05".length();

    private static final int DIGITS = ".000000".length();
    private static final int SECONDS_LENGTH = "2006-01-02T15:04:05Z".length();
    private static final int MICRO_LENGTH = "2006-01-02T15:04:05.000000Z".length();

    private GoTimes() {}

    /// The same time to the second.
    ///
    /// @throws DecodeException when the text is no RFC 3339 time
    static String seconds(String text) {
        if (isPlain(text, SECONDS_LENGTH)) {
            return text;
        }
        Instant time = parse(text, "2006-01-02T15:04:05Z07:00");
        if (text.length() == SECONDS_LENGTH && text.charAt(SECONDS_LENGTH - 1) == 'Z') {
            return text;
        }
        return seconds(time);
    }

    /// A time without what is below a second.
    public static String seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond()).toString();
    }

    /// The same time with six digits of microseconds.
    ///
    /// @throws DecodeException when the text is no RFC 3339 time
    static String micros(String text) {
        if (isPlain(text, MICRO_LENGTH)) {
            return text;
        }
        Instant time = parse(text, MICRO_LAYOUT);
        sixDigits(text);
        if (text.length() == MICRO_LENGTH && text.charAt(MICRO_LENGTH - 1) == 'Z') {
            return text;
        }
        return micros(time);
    }

    /// Go takes neither fewer digits nor more.
    private static void sixDigits(String text) {
        String rest = text.substring(FRACTION);
        String zone = rest.substring(Math.min(DIGITS, rest.length()));
        if (!rest.startsWith(".")
                || rest.chars().limit(DIGITS).skip(1).filter(Character::isDigit).count() < DIGITS - 1) {
            throw misfit(text, MICRO_LAYOUT, rest, ".000000");
        }
        if (Character.isDigit(zone.charAt(0))) {
            throw misfit(text, MICRO_LAYOUT, zone, "Z07:00");
        }
    }

    private static DecodeException misfit(String text, String layout, String rest, String wanted) {
        return new DecodeException("parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \"" + rest
                + "\" as \"" + wanted + '"');
    }

    /// A time with six digits of microseconds.
    public static String micros(Instant time) {
        return MICRO.format(time.atOffset(ZoneOffset.UTC));
    }

    /// Whether a time is written as Go writes it, as nearly all are, and beyond doubt without a look at the calendar.
    private static boolean isPlain(String text, int length) {
        if (text.length() != length || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char one = text.charAt(i);
            char wanted = LAYOUT.charAt(i);
            if (wanted == '0' ? one < '0' || one > '9' : one != wanted) {
                return false;
            }
        }
        return isBetween(text, 5, 1, 12)
                && isBetween(text, 8, 1, 28)
                && isBetween(text, 11, 0, 23)
                && isBetween(text, 14, 0, 59)
                && isBetween(text, 17, 0, 59);
    }

    private static boolean isBetween(String text, int at, int low, int high) {
        int number = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
        return low <= number && number <= high;
    }

    private static Instant parse(String text, String layout) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw misfit(text, layout, text, "2006");
        }
    }
}
