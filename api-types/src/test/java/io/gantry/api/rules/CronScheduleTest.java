package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.batch.v1.cronjob.CronSchedule;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Schedules as `ParseStandard` of robfig/cron v3 reads them.
final class CronScheduleTest {
    private static CronSchedule parse(String text) {
        return CronSchedule.parse(text, ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */5 * * * *                    | 2026-01-01T00:02:10Z | 2026-01-01T00:05:00Z
            1,15-17/2 0 * * *              | 2026-01-01T00:01:00Z | 2026-01-01T00:15:00Z
            20/20 * * * *                  | 2026-01-01T00:05:00Z | 2026-01-01T00:20:00Z
            ,7, * * * *                    | 2026-01-01T00:05:00Z | 2026-01-01T00:07:00Z
            *-5 * * * *                    | 2026-01-01T00:05:00Z | 2026-01-01T00:06:00Z
            +9 * * * *                     | 2026-01-01T00:05:00Z | 2026-01-01T00:09:00Z
            0 3 * * *                      | 2026-01-01T03:00:00Z | 2026-01-02T03:00:00Z
            0 0 29 2 *                     | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
            0 12 29 feb *                  | 2026-01-01T00:00:00Z | 2028-02-29T12:00:00Z
            0 12 1 jan ?                   | 2026-06-01T00:00:00Z | 2027-01-01T12:00:00Z
            30 9 * * mon-fri               | 2026-01-03T00:00:00Z | 2026-01-05T09:30:00Z
            30 9 * * Mon-FRI               | 2026-01-02T10:00:00Z | 2026-01-05T09:30:00Z
            0 0 13 * 5                     | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
            0 0 ? * 5                      | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
            0 0 1,* * 5                    | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
            0 0 */2 * 5                    | 2026-01-03T00:00:00Z | 2026-01-05T00:00:00Z
            0 0 */1 * 5                    | 2026-01-03T00:00:00Z | 2026-01-09T00:00:00Z
            '  0   0 1 *  * '              | 2026-01-03T00:00:00Z | 2026-02-01T00:00:00Z
            @yearly                        | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z
            @annually                      | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z
            @monthly                       | 2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z
            @weekly                        | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z
            @daily                         | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
            @midnight                      | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
            @hourly                        | 2026-01-01T23:59:00Z | 2026-01-02T00:00:00Z
            @every 1h30m                   | 2026-01-01T00:00:10Z | 2026-01-01T01:30:10Z
            @every 1h0.9s                  | 2026-01-01T00:00:10.5Z | 2026-01-01T01:00:10Z
            @every 1ms                     | 2026-01-01T00:00:10Z | 2026-01-01T00:00:11Z
            @every -5m                     | 2026-01-01T00:00:10Z | 2026-01-01T00:00:11Z
            TZ=Europe/Berlin 0 9 * * *     | 2026-07-01T00:00:00Z | 2026-07-01T07:00:00Z
            CRON_TZ=Asia/Kolkata 0 9 * * * | 2026-07-01T00:00:00Z | 2026-07-01T03:30:00Z
            TZ=EST 0 9 * * *               | 2026-07-01T00:00:00Z | 2026-07-01T14:00:00Z
            TZ=Asia/Tokyo @daily           | 2026-07-01T00:00:00Z | 2026-07-01T15:00:00Z
            TZ= 0 9 * * *                  | 2026-07-01T00:00:00Z | 2026-07-01T09:00:00Z
            """)
    void next(String schedule, Instant after, Instant wanted) {
        assertEquals(wanted, parse(schedule).next(after).orElseThrow());
    }

    /// A time of day that a change of the clocks leaves out is left out; one that comes twice is taken twice.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TZ=Europe/Berlin 30 2 * * *        | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z
            TZ=Europe/Berlin 0 * * * *         | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z
            TZ=Europe/Berlin 30 2 * * *        | 2026-10-25T00:30:00Z | 2026-10-25T01:30:00Z
            TZ=America/New_York 0 0 8 3 *      | 2026-03-01T00:00:00Z | 2026-03-08T05:00:00Z
            TZ=America/Sao_Paulo 30 1 4 11 *   | 2018-11-01T00:00:00Z | 2018-11-04T03:30:00Z
            TZ=America/Sao_Paulo 30 0 * * *    | 2018-11-03T12:00:00Z | 2018-11-05T02:30:00Z
            TZ=America/Sao_Paulo 30 0 1 12 *   | 2018-11-04T12:00:00Z | 2018-12-01T02:30:00Z
            """)
    void nextWhereClocksChange(String schedule, Instant after, Instant wanted) {
        assertEquals(wanted, parse(schedule).next(after).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 30 2 *  | 2026-01-01T00:00:00Z
            0 0 29 2 *  | 2096-03-01T00:00:00Z
            , * * * *   | 2026-01-01T00:00:00Z
            """)
    void never(String schedule, Instant after) {
        assertEquals(true, parse(schedule).next(after).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''               | empty spec string
            ' '              | expected exactly 5 fields, found 0: []
            * * * *          | expected exactly 5 fields, found 4: [* * * *]
            0 * * * * *      | expected exactly 5 fields, found 6: [0 * * * * *]
            ' @hourly'       | expected exactly 5 fields, found 1: [@hourly]
            '@hourly '       | 'unrecognized descriptor: @hourly '
            @never           | unrecognized descriptor: @never
            @every           | unrecognized descriptor: @every
            @every 1d        | failed to parse duration @every 1d: time: unknown unit "d" in duration "1d"
            * * x * *        | failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax
            ٣ * * * *        | failed to parse int from ٣: strconv.Atoi: parsing "٣": invalid syntax
            5- * * * *       | failed to parse int from : strconv.Atoi: parsing "": invalid syntax
            -1 * * * *       | failed to parse int from : strconv.Atoi: parsing "": invalid syntax
            */-1 * * * *     | negative number (-1) not allowed: -1
            mon * * * *      | failed to parse int from mon: strconv.Atoi: parsing "mon": invalid syntax
            60 * * * *       | end of range (60) above maximum (59): 60
            * * 0 * *        | beginning of range (0) below minimum (1): 0
            * * * * 7        | end of range (7) above maximum (6): 7
            * * * * fri-sun  | beginning of range (5) beyond end of range (0): fri-sun
            5-1 * * * *      | beginning of range (5) beyond end of range (1): 5-1
            */0 * * * *      | step of range should be a positive number: */0
            1-2-3 * * * *    | too many hyphens: 1-2-3
            1/2/3 * * * *    | too many slashes: 1/2/3
            99999999999 * * * *          | end of range (99999999999) above maximum (59): 99999999999
            99999999999999999999 * * * * | 'failed to parse int from 99999999999999999999: strconv.Atoi: parsing "99999999999999999999": value out of range'
            TZ=Mars/X * * * * *          | provided bad location Mars/X: unknown time zone Mars/X
            TZ=UTC+2 * * * * *           | provided bad location UTC+2: unknown time zone UTC+2
            TZ=../x * * * * *            | provided bad location ../x: time: invalid location name
            CRON_TZ=UTC                  | 'invalid schedule format: runtime error: slice bounds out of range [:-1]'
            """)
    void refuses(String schedule, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> parse(schedule))
                        .getMessage());
    }
}
