package io.gantry.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Times as Go reads and writes them.
final class GoTimesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T23:59:59Z, 2026-11-21T23:59:59Z",
        "2026-01-31T00:00:00Z, 2026-01-31T00:00:00Z",
        "2024-02-29T12:00:00Z, 2024-02-29T12:00:00Z",
        "2026-11-21T23:59:59.75Z, 2026-11-21T23:59:59Z",
        "2026-11-21T23:59:59+02:00, 2026-11-21T21:59:59Z",
    })
    void seconds(String given, String wanted) {
        assertEquals(wanted, GoTimes.seconds(given));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T23:59:59.000001Z, 2026-11-21T23:59:59.000001Z",
        "2026-11-30T23:59:59.123456Z, 2026-11-30T23:59:59.123456Z",
        "2026-11-21T23:59:59.000000+02:00, 2026-11-21T21:59:59.000000Z",
    })
    void micros(String given, String wanted) {
        assertEquals(wanted, GoTimes.micros(given));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-01-00T12:00:00Z",
                "2026-01-32T12:00:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01T12:60:00Z",
                "2026-01-01T12:00:61Z",
                "2026-01-01 12:00:00Z",
                "2026-01-01T12:00:0xZ",
                "",
            })
    void whatIsNoTime(String given) {
        assertThrows(DecodeException.class, () -> GoTimes.seconds(given));
        assertThrows(DecodeException.class, () -> GoTimes.micros(given));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T23:59:59Z, Z, .000000",
        "2026-11-21T23:59:59.12345Z, .12345Z, .000000",
        "2026-11-21T23:59:59.1234567Z, 7Z, Z07:00",
    })
    void microsecondsHaveSixDigits(String given, String rest, String wanted) {
        DecodeException refused = assertThrows(DecodeException.class, () -> GoTimes.micros(given));
        assertEquals(
                "parsing time \"" + given + "\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"" + rest
                        + "\" as \"" + wanted + '"',
                refused.getMessage());
    }
}
