package io.gantry.api.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Timestamps as Go reads and writes them: seconds (`metav1.Time`) or microseconds (`metav1.MicroTime`), in UTC.
final class GoTimes {
    private static final DateTimeFormatter MICRO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
    private static final int SECONDS_LENGTH = "2006-01-02T15:04:05Z".length();
    private static final int MICRO_LENGTH = "2006-01-02T15:04:05.000000Z".length();

    private GoTimes() {}

    /// The same time to the second.
    ///
    /// @throws DecodeException when the text is no RFC 3339 time
    static String seconds(String text) {
        Instant time = parse(text, "2006-01-02T15:04:05Z07:00");
        if (text.length() == SECONDS_LENGTH && text.charAt(SECONDS_LENGTH - 1) == 'Z') {
            return text;
        }
        return Instant.ofEpochSecond(time.getEpochSecond()).toString();
    }

    /// The same time with six digits of microseconds.
    ///
    /// @throws DecodeException when the text is no RFC 3339 time
    static String micros(String text) {
        Instant time = parse(text, "2006-01-02T15:04:05.000000Z07:00");
        if (text.length() == MICRO_LENGTH && text.charAt(MICRO_LENGTH - 1) == 'Z') {
            return text;
        }
        return MICRO.format(time.atOffset(ZoneOffset.UTC));
    }

    private static Instant parse(String text, String layout) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw new DecodeException(
                    "parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \"" + text + "\" as \"2006\"");
        }
    }
}
