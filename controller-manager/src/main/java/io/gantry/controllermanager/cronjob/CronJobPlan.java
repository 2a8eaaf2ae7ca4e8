package io.gantry.controllermanager.cronjob;

import static io.gantry.controllermanager.common.Fields.flag;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.batch.v1.cronjob.CronJob;
import io.gantry.api.batch.v1.cronjob.CronSchedule;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.schema.GoTimeZones;
import io.gantry.client.event.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a CronJob is due (upstream `pkg/controller/cronjob`). Pure.
///
/// @param due the scheduled time to make a Job for
/// @param next when to look again
/// @param events what is to be told: why a time that came is not taken, or that many were missed
record CronJobPlan(Optional<Instant> due, Optional<Instant> next, List<Told> events) {
    /// An event.
    record Told(String type, String reason, String message) {}

    /// The annotation of a Job with the time that it was made for.
    static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    /// More missed times than this are told of, and are not gone through one by one.
    private static final int MAX_MISSED = 100;

    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// @param latest the last scheduled time that had no Job yet
    /// @param next the one after, to come
    private record Missed(Optional<Instant> latest, Optional<Instant> next, boolean tooMany) {}

    /// The name of the Job of a minute.
    static String jobName(CronJob cron, Instant due) {
        return cron.metadata().name() + "-" + due.getEpochSecond() / 60;
    }

    /// That annotation: the time as the CronJob's zone shows it, with the offset.
    static String scheduled(CronJob cron, Instant due) {
        ZoneId zone = GoTimeZones.load(text(cron.spec().timeZone()));
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                due.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    /// The time that this controller made a Job for; empty for a Job that somebody else made.
    static Optional<Instant> madeFor(CronJob cron, Job job) {
        String at = job.metadata().annotations().get(SCHEDULED);
        try {
            return Optional.ofNullable(at)
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .filter(due -> jobName(cron, due).equals(job.metadata().name()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// Whether a Job made for that time may be missing in the status because this controller ended before it wrote it.
    static boolean mayBeUnwritten(CronJob cron, Instant madeFor) {
        return !madeFor.isBefore(time(cron.status().lastScheduleTime()));
    }

    /// @param active whether a Job of it runs
    static CronJobPlan of(CronJob cron, CronSchedule schedule, boolean active, Instant now) {
        if (flag(cron.spec().suspend())) {
            return new CronJobPlan(Optional.empty(), Optional.empty(), List.of());
        }
        if (schedule.next(now).isEmpty()) {
            return new CronJobPlan(Optional.empty(), Optional.empty(), List.of(never(cron)));
        }
        Missed missed = missed(schedule, from(cron, schedule, now), now);
        List<Told> events = new ArrayList<>();
        if (missed.tooMany()) {
            events.add(new Told(
                    EventSink.WARNING,
                    "TooManyMissedTimes",
                    "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew"));
        }
        Optional<Instant> due = missed.latest().filter(at -> mayStart(cron, at, active, now, events));
        return new CronJobPlan(due, missed.next(), events);
    }

    /// A time that no year has, such as the 31st of February, in upstream's words.
    private static Told never(CronJob cron) {
        return new Told(
                EventSink.WARNING,
                "InvalidSchedule",
                "invalid schedule: " + cron.spec().schedule()
                        + " : time difference between two schedules is less than 1 second");
    }

    private static boolean mayStart(CronJob cron, Instant due, boolean active, Instant now, List<Told> events) {
        Long deadline = cron.spec().startingDeadlineSeconds();
        if (deadline != null && due.plusSeconds(deadline).isBefore(now)) {
            events.add(new Told(
                    EventSink.WARNING,
                    "MissSchedule",
                    "Missed scheduled time to start a job: " + RFC_1123.format(due)));
            return false;
        }
        if (active && text(cron.spec().concurrencyPolicy()).equals("Forbid")) {
            events.add(new Told(
                    EventSink.NORMAL,
                    "JobAlreadyActive",
                    "Not starting job because prior execution is running and concurrency policy is Forbid"));
            return false;
        }
        return true;
    }

    /// The last scheduled time that is done with: it had its Job, or the deadline for that is over. The next ones count
    /// from there, as `@every` needs it.
    private static Instant from(CronJob cron, CronSchedule schedule, Instant now) {
        Instant last = cron.status().lastScheduleTime() == null
                ? time(cron.metadata().creationTimestamp())
                : time(cron.status().lastScheduleTime());
        Long deadline = cron.spec().startingDeadlineSeconds();
        return deadline == null
                ? last
                : missed(schedule, last, now.minusSeconds(deadline)).latest().orElse(last);
    }

    private static Missed missed(CronSchedule schedule, Instant from, Instant now) {
        boolean tooMany = false;
        Optional<Instant> latest = Optional.empty();
        Optional<Instant> next = schedule.next(from);
        for (int count = 1; next.isPresent() && !next.get().isAfter(now); count++) {
            latest = next;
            Instant after = latest.get();
            if (count > MAX_MISSED) {
                tooMany = true;
                count = 0;
                after = halfway(schedule, after, now);
            }
            next = schedule.next(after);
        }
        return new Missed(latest, next, tooMany);
    }

    /// Where to go on from instead of `latest`, halfway to now: a whole number of steps on, since `@every` counts from
    /// whatever time it is given. `latest` itself where nothing would be due from there until now.
    private static Instant halfway(CronSchedule schedule, Instant latest, Instant now) {
        Duration step = Duration.between(latest, schedule.next(latest).orElse(Instant.MAX));
        Instant halfway =
                latest.plus(step.multipliedBy(Duration.between(latest, now).dividedBy(step) / 2));
        return schedule.next(halfway).filter(later -> !later.isAfter(now)).isPresent() ? halfway : latest;
    }
}
