package io.gantry.controllermanager.cronjob;

import static io.gantry.controllermanager.common.Fields.flag;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.batch.v1.cronjob.CronJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a CronJob is due (upstream `pkg/controller/cronjob`).
///
/// @param due the scheduled time to make a Job for
/// @param next when to look again
/// @param skipped why a time that came is not taken: event reason and message
record CronJobPlan(Optional<Instant> due, Optional<Instant> next, Optional<Skipped> skipped) {
    /// Why a scheduled time passes without a Job.
    record Skipped(String reason, String message) {}

    /// More missed times than this are not gone through one by one.
    private static final int MAX_MISSED = 100;

    /// @param active whether a Job of it runs
    static CronJobPlan of(CronJob cron, CronSchedule schedule, boolean active, Instant now) {
        Optional<Instant> next = schedule.next(now);
        if (flag(cron.spec().suspend())) {
            return new CronJobPlan(Optional.empty(), Optional.empty(), Optional.empty());
        }
        Optional<Instant> due = latest(cron, schedule, now);
        if (due.isEmpty()) {
            return new CronJobPlan(Optional.empty(), next, Optional.empty());
        }
        Long deadline = cron.spec().startingDeadlineSeconds();
        if (deadline != null && due.get().plusSeconds(deadline).isBefore(now)) {
            return skip(next, "MissSchedule", "Missed scheduled time to start a job: " + due.get());
        }
        if (active && text(cron.spec().concurrencyPolicy()).equals("Forbid")) {
            return skip(
                    next,
                    "JobAlreadyActive",
                    "Not starting job because prior execution is running and concurrency policy is Forbid");
        }
        return new CronJobPlan(due, next, Optional.empty());
    }

    private static CronJobPlan skip(Optional<Instant> next, String reason, String message) {
        return new CronJobPlan(Optional.empty(), next, Optional.of(new Skipped(reason, message)));
    }

    /// The last scheduled time up to now that had no Job yet.
    private static Optional<Instant> latest(CronJob cron, CronSchedule schedule, Instant now) {
        Instant from = cron.status().lastScheduleTime() == null
                ? time(cron.metadata().creationTimestamp())
                : time(cron.status().lastScheduleTime());
        Long deadline = cron.spec().startingDeadlineSeconds();
        if (deadline != null && now.minusSeconds(deadline).isAfter(from)) {
            from = now.minusSeconds(deadline + 1);
        }
        Optional<Instant> latest = Optional.empty();
        Optional<Instant> at = schedule.next(from);
        for (int missed = 0; at.isPresent() && !at.get().isAfter(now); missed++) {
            latest = at;
            if (missed > MAX_MISSED) {
                Instant recent = now.minus(Duration.between(from, now).dividedBy(2));
                from = recent;
                at = schedule.next(recent);
                missed = 0;
            } else {
                at = schedule.next(at.get());
            }
        }
        return latest;
    }
}
