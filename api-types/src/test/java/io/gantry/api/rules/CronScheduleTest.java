package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.batch.v1.cronjob.CronSchedule;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronScheduleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */5 * * * *      | 2026-01-01T00:02:10Z | 2026-01-01T00:05Z
            0 0 29 2 *       | 2026-01-01T00:00:00Z | 2028-02-29T00:00Z
            30 9 * * mon-fri | 2026-01-03T00:00:00Z | 2026-01-05T09:30Z
            0 0 13 * 5       | 2026-01-01T00:00:00Z | 2026-01-02T00:00Z
            @hourly          | 2026-01-01T00:00:00Z | 2026-01-01T01:00Z
            0 12 1 jan ?     | 2026-06-01T00:00:00Z | 2027-01-01T12:00Z
            """)
    void next(String schedule, String after, String wanted) {
        assertEquals(
                ZonedDateTime.parse(wanted),
                CronSchedule.parse(schedule).next(ZonedDateTime.parse(after)).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * x * *   | failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax
            5-1 * * * * | beginning of range (5) beyond end of range (1): 5-1
            */0 * * * * | step of range should be a positive number: */0
            @never      | unrecognized descriptor: @never
            """)
    void refuses(String schedule, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> CronSchedule.parse(schedule))
                        .getMessage());
    }
}
