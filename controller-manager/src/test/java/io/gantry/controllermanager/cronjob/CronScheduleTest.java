package io.gantry.controllermanager.cronjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.batch.v1.cronjob.CronJob;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/5 * * * *    | ''            | 2026-01-01T00:00:30Z | 2026-01-01T00:05:00Z",
                "0 3 * * *      | ''            | 2026-01-01T03:00:00Z | 2026-01-02T03:00:00Z",
                "@hourly        | ''            | 2026-01-01T23:59:00Z | 2026-01-02T00:00:00Z",
                "30 9 * * mon-fri | ''          | 2026-01-02T10:00:00Z | 2026-01-05T09:30:00Z",
                "0 0 1 * 5      | ''            | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
                "0 0 * * 7      | ''            | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z",
                "0 12 29 feb *  | ''            | 2026-01-01T00:00:00Z | 2028-02-29T12:00:00Z",
                "0 9 * * *      | Europe/Berlin | 2026-07-01T00:00:00Z | 2026-07-01T07:00:00Z",
                "1,15-17/2 0 * * * | ''         | 2026-01-01T00:01:00Z | 2026-01-01T00:15:00Z"
            })
    void nextTimes(String schedule, String zone, String after, String expected) {
        assertEquals(
                Optional.of(Instant.parse(expected)),
                CronSchedule.parse(schedule.strip(), zone).next(Instant.parse(after)));
    }

    @Test
    void aDayThatNeverComesHasNoNextTime() {
        assertTrue(CronSchedule.parse("0 0 30 2 *", "").next(Instant.EPOCH).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"* * * *", "60 * * * *", "x * * * *", "5-1 * * * *", "*/0 * * * *"})
    void nonsenseIsRefused(String schedule) {
        assertThrows(IllegalArgumentException.class, () -> CronSchedule.parse(schedule, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"suspend\":false | false | 2026-01-01T00:07:00Z | 2026-01-01T00:05:00Z",
                "\"suspend\":false | false | 2026-01-01T00:04:00Z | ''",
                "\"suspend\":true  | false | 2026-01-01T00:07:00Z | ''",
                "\"concurrencyPolicy\":\"Forbid\" | true | 2026-01-01T00:07:00Z | ''",
                "\"concurrencyPolicy\":\"Allow\"  | true | 2026-01-01T09:01:00Z | 2026-01-01T09:00:00Z",
                "\"startingDeadlineSeconds\":60 | false | 2026-01-01T00:07:00Z | ''"
            })
    void theLatestMissedTimeIsDue(String spec, boolean active, String now, String due) {
        CronJob cron = Json.MAPPER.readValue("""
                {"metadata":{"name":"c","creationTimestamp":"2026-01-01T00:00:00Z"},
                 "spec":{"schedule":"*/5 * * * *",%s}}""".formatted(spec), CronJob.class);
        CronJobPlan plan = CronJobPlan.of(cron, CronSchedule.parse("*/5 * * * *", ""), active, Instant.parse(now));
        assertEquals(due, plan.due().map(Instant::toString).orElse(""));
    }
}
