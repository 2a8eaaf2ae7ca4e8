package io.gantry.controllermanager.cronjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.batch.v1.cronjob.CronJob;
import io.gantry.api.batch.v1.cronjob.CronSchedule;
import io.gantry.api.batch.v1.job.Job;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CronJobPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:30Z");

    /// @param last the last time that had a Job; empty: created at 11:00
    /// @param due minute and second of the expected Job, or empty
    record Case(String name, String spec, String last, boolean active, String due, List<String> events) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> plans() {
        return Stream.of(
                new Case("due", "", "11:59:00", false, "12:00:00", List.of()),
                new Case("had its Job", "", "12:00:00", false, "", List.of()),
                new Case("missed ones are made up for once", "", "11:30:00", false, "12:00:00", List.of()),
                new Case("since it was created", "", "", false, "12:00:00", List.of()),
                new Case("suspended", ",\"suspend\":true", "11:30:00", false, "", List.of()),
                new Case(
                        "one at a time",
                        ",\"concurrencyPolicy\":\"Forbid\"",
                        "11:59:00",
                        true,
                        "",
                        List.of("JobAlreadyActive")),
                new Case("side by side", ",\"concurrencyPolicy\":\"Allow\"", "11:59:00", true, "12:00:00", List.of()),
                new Case(
                        "within the deadline",
                        ",\"startingDeadlineSeconds\":31",
                        "11:00:00",
                        false,
                        "12:00:00",
                        List.of()),
                new Case("past it", ",\"startingDeadlineSeconds\":29", "11:59:00", false, "", List.of()),
                new Case("too many missed", "", "09:00:00", false, "12:00:00", List.of("TooManyMissedTimes")),
                new Case(
                        "not with a deadline",
                        ",\"startingDeadlineSeconds\":200",
                        "09:00:00",
                        false,
                        "12:00:00",
                        List.of()));
    }

    @Test
    void aTimeThatNeverComesIsToldOf() {
        CronJobPlan plan = CronJobPlan.of(
                cron("", "11:59:00"), schedule("59 23 31 2 *"), false, Instant.parse("2026-01-01T12:00:30Z"));
        assertEquals(Optional.empty(), plan.due());
        assertEquals(Optional.empty(), plan.next());
        assertEquals(
                List.of("InvalidSchedule"),
                plan.events().stream().map(CronJobPlan.Told::reason).toList());
    }

    private static CronJob cron(String spec, String last) {
        return Json.MAPPER.readValue(
                """
                {"metadata":{"name":"c","namespace":"ns","creationTimestamp":"2026-01-01T11:00:00Z"},
                 "spec":{"schedule":"* * * * *"%s},"status":{%s}}""".formatted(spec, last.isEmpty() ? "" : "\"lastScheduleTime\":\"2026-01-01T" + last + "Z\""),
                CronJob.class);
    }

    @ParameterizedTest
    @MethodSource
    void plans(Case c) {
        CronJobPlan plan = CronJobPlan.of(cron(c.spec(), c.last()), schedule("* * * * *"), c.active(), NOW);
        assertEquals(
                c.due(), plan.due().map(at -> at.toString().substring(11, 19)).orElse(""));
        assertEquals(
                c.events(), plan.events().stream().map(CronJobPlan.Told::reason).toList());
    }

    @Test
    void itLooksAgainAtTheNextTime() {
        CronJobPlan plan = CronJobPlan.of(cron("", "12:00:00"), schedule("* * * * *"), false, NOW);
        assertEquals(Instant.parse("2026-01-01T12:01:00Z"), plan.next().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "c-29454480, 2026-01-01T12:00:00Z, 2026-01-01T12:00:00Z",
        "c-29454480, 2026-01-01T13:00:00+01:00, 2026-01-01T12:00:00Z",
        "by-hand,    2026-01-01T12:00:00Z, ''",
        "c-29454480, someday, ''",
        "c-29454480, , ''"
    })
    void whoMadeAJob(String name, @Nullable String annotation, String madeFor) {
        String annotations = annotation == null ? "" : "\"" + CronJobPlan.SCHEDULED + "\":\"" + annotation + "\"";
        Job job = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"" + name + "\",\"annotations\":{" + annotations + "}}}", Job.class);
        assertEquals(
                madeFor,
                CronJobPlan.madeFor(cron("", ""), job).map(Instant::toString).orElse(""));
    }

    @Test
    void aJobMayBeMissingInTheStatusUntilALaterOneIsNoted() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        assertTrue(CronJobPlan.mayBeUnwritten(cron("", ""), noon));
        assertTrue(CronJobPlan.mayBeUnwritten(cron("", "11:59:00"), noon));
        assertFalse(CronJobPlan.mayBeUnwritten(cron("", "12:01:00"), noon));
    }

    private static CronSchedule schedule(String text) {
        return CronSchedule.parse(text, ZoneOffset.UTC);
    }

    /// They count from the last one, or from when the CronJob was created (at 11:00), whenever they are looked at.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @every 1h30m |                                | ''       |          | 12:30:00
            @every 1h    |                                | ''       | 12:00:00 | 13:00:00
            @every 7m    |                                | 11:45:00 | 11:59:00 | 12:06:00
            @every 7m    | ,"startingDeadlineSeconds":60  | 11:38:00 |          | 12:06:00
            @every 7m    | ,"startingDeadlineSeconds":200 | 11:38:00 | 11:59:00 | 12:06:00
            @every 7s    |                                | 01:00:00 | 12:00:27 | 12:00:34
            """)
    void everySoOften(String schedule, @Nullable String spec, String last, @Nullable String due, String next) {
        CronJobPlan plan = CronJobPlan.of(cron(spec == null ? "" : spec, last), schedule(schedule), false, NOW);
        assertEquals(
                Optional.ofNullable(due), plan.due().map(at -> at.toString().substring(11, 19)));
        assertEquals(next, plan.next().orElseThrow().toString().substring(11, 19));
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin, 2026-01-01T13:00:30+01:00", "'', 2026-01-01T12:00:30Z"})
    void theAnnotationShowsTheZonesTime(String zone, String annotation) {
        assertEquals(annotation, CronJobPlan.scheduled(cron(",\"timeZone\":\"" + zone + "\"", ""), NOW));
    }
}
