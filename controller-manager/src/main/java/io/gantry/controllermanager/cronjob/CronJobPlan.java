package io.gantry.controllermanager.cronjob;

import static io.gantry.controllermanager.common.Fields.flag;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.batch.v1.cronjob.CronJob;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.client.event.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
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

    /// The last scheduled time that had no Job yet.
    private record Missed(Optional<Instant> latest, boolean tooMany) {}

    /// The name of the Job of a minute.
    static String jobName(CronJob cron, Instant due) {
        return cron.metadata().name() + "-" + due.getEpochSecond() / 60;
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
        Optional<Instant> next = schedule.next(now);
        if (next.isEmpty()) {
            return new CronJobPlan(Optional.empty(), next, List.of(never(cron)));
        }
        Missed missed = missed(cron, schedule, now);
        List<Told> events = new ArrayList<>();
        if (missed.tooMany()) {
            events.add(new Told(
                    EventSink.WARNING,
                    "TooManyMissedTimes",
                    "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew"));
        }
        Optional<Instant> due = missed.latest().filter(at -> mayStart(cron, at, active, now, events));
        return new CronJobPlan(due, next, events);
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

    private static Missed missed(CronJob cron, CronSchedule schedule, Instant now) {
        Instant from = cron.status().lastScheduleTime() == null
                ? time(cron.metadata().creationTimestamp())
                : time(cron.status().lastScheduleTime());
        Long deadline = cron.spec().startingDeadlineSeconds();
        if (deadline != null && now.minusSeconds(deadline).isAfter(from)) {
            from = now.minusSeconds(deadline);
        }
        boolean tooMany = false;
        Optional<Instant> latest = Optional.empty();
        Optional<Instant> at = schedule.next(from);
        for (int count = 1; at.isPresent() && !at.get().isAfter(now); count++) {
            latest = at;
            if (count > MAX_MISSED) {
                tooMany = true;
                count = 0;
                Instant middle = now.minus(Duration.between(at.get(), now).dividedBy(2));
                Optional<Instant> later = schedule.next(middle);
                at = later.filter(t -> !t.isAfter(now)).isPresent() ? later : schedule.next(at.get());
            } else {
                at = schedule.next(at.get());
            }
        }
        return new Missed(latest, tooMany);
    }
}
