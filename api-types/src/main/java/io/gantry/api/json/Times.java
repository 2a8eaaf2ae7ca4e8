package io.gantry.api.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// RFC 3339 by hand, for the usual forms; a formatter costs fifty times as much.
final class Times {
    private static final int SHORTEST = "2026-11-21T10:00:00Z".length();
    private static final int FRACTION_AT = SHORTEST - 1;
    private static final int OFFSET_LENGTH = "+01:00".length();
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int DAY_SECONDS = 86_400;
    /// From the first of March of year zero to 1970-01-01.
    private static final int EPOCH_DAYS = 719_468;
    private static final long YEAR_10_000_SECONDS = 253_402_300_800L;

    private Times() {}

    /// The time of `2026-11-21T10:00:00Z`, also with a fraction of up to nine digits and with an offset in hours and
    /// minutes; null for any other text, good or bad.
    static @Nullable Instant parse(char[] c, int start, int length) {
        if (length < SHORTEST
                || c[start + 4] != '-'
                || c[start + 7] != '-'
                || c[start + 10] != 'T'
                || c[start + 13] != ':'
                || c[start + 16] != ':') {
            return null;
        }
        int year = number(c, start, 4);
        int month = number(c, start + 5, 2);
        int day = number(c, start + 8, 2);
        int hour = number(c, start + 11, 2);
        int minute = number(c, start + 14, 2);
        int second = number(c, start + 17, 2);
        if ((year | month - 1 | day - 1 | hour | minute | second) < 0
                || month > 12
                || day > 28 && day > lengthOf(year, month)
                || hour > 23
                || minute > 59
                || second > 59) {
            return null;
        }
        int end = start + length;
        int at = start + FRACTION_AT;
        int nanos = 0;
        if (c[at] == '.') {
            int first = ++at;
            while (at < end && c[at] >= '0' && c[at] <= '9') {
                nanos = nanos * 10 + c[at++] - '0';
                if (at - first > MAX_FRACTION_DIGITS) {
                    return null;
                }
            }
            if (at == first) {
                return null;
            }
            for (int digits = at - first; digits < MAX_FRACTION_DIGITS; digits++) {
                nanos *= 10;
            }
        }
        int offset = offsetSeconds(c, at, end);
        if (offset == Integer.MIN_VALUE) {
            return null;
        }
        long seconds = epochDay(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second - offset;
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /// As [Instant#toString()] has it.
    static String text(Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds < 0 || seconds >= YEAR_10_000_SECONDS) {
            return time.toString();
        }
        byte[] text = new byte[SHORTEST + 1 + MAX_FRACTION_DIGITS];
        putDate(text, (int) (seconds / DAY_SECONDS));
        int ofDay = (int) (seconds % DAY_SECONDS);
        text[10] = 'T';
        put(text, 11, 2, ofDay / 3600);
        text[13] = ':';
        put(text, 14, 2, ofDay / 60 % 60);
        text[16] = ':';
        put(text, 17, 2, ofDay % 60);
        int end = putFraction(text, time.getNano());
        text[end] = 'Z';
        return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
    }

    /// A number of as many digits; negative when one of them is none.
    private static int number(char[] c, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = c[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /// The offset that the text ends with; the smallest integer when it does not end so.
    private static int offsetSeconds(char[] c, int at, int end) {
        if (at == end - 1 && c[at] == 'Z') {
            return 0;
        }
        if (at != end - OFFSET_LENGTH || c[at] != '+' && c[at] != '-' || c[at + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = number(c, at + 1, 2);
        int minutes = number(c, at + 4, 2);
        if (hours < 0 || hours > 17 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return c[at] == '-' ? -seconds : seconds;
    }

    private static int lengthOf(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /// The days since 1970-01-01 in the proleptic Gregorian calendar: years of the reckoning begin in March, so that
    /// the leap day is the last of a year.
    private static long epochDay(int year, int month, int day) {
        int marchYear = month > 2 ? year : year - 1;
        int era = Math.floorDiv(marchYear, 400);
        int ofEra = marchYear - era * 400;
        int ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097L + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - EPOCH_DAYS;
    }

    private static void putDate(byte[] text, int epochDay) {
        int day = epochDay + EPOCH_DAYS;
        int era = day / 146_097;
        int ofEra = day % 146_097;
        int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * ofYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        put(text, 0, 4, era * 400 + yearOfEra + (month <= 2 ? 1 : 0));
        text[4] = '-';
        put(text, 5, 2, month);
        text[7] = '-';
        put(text, 8, 2, ofYear - (153 * march + 2) / 5 + 1);
    }

    /// As three, six or nine digits, whatever suffices; nothing for zero.
    ///
    /// @return where the text goes on
    private static int putFraction(byte[] text, int nanos) {
        if (nanos == 0) {
            return FRACTION_AT;
        }
        int digits = MAX_FRACTION_DIGITS;
        int number = nanos;
        while (number % 1000 == 0) {
            number /= 1000;
            digits -= 3;
        }
        text[FRACTION_AT] = '.';
        put(text, FRACTION_AT + 1, digits, number);
        return FRACTION_AT + 1 + digits;
    }

    private static void put(byte[] text, int at, int digits, int number) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
