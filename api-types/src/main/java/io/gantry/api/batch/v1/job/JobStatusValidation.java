package io.gantry.api.batch.v1.job;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.StatusCounts;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What an update of a Job's status may say, whichever controller writes it (upstream `validateJobStatus`,
/// `ValidateJobStatusUpdate` with `getStatusValidationOptions`). Most rules only count for what changes.
final class JobStatusValidation {
    private static final String CONDITIONS = "status.conditions";

    private final JsonNode job;
    private final JsonNode old;
    private final JobEnds ends;
    private final JobEnds before;
    private final FieldErrors errors;

    private JobStatusValidation(JsonNode job, JsonNode old, FieldErrors errors) {
        this.job = job;
        this.old = old;
        this.ends = JobEnds.of(job);
        this.before = JobEnds.of(old);
        this.errors = errors;
    }

    static void check(JsonNode job, JsonNode old, FieldErrors errors) {
        JobStatusValidation rules = new JobStatusValidation(job, old, errors);
        StatusCounts.of(job, errors).nonNegative("active", "succeeded", "failed", "ready", "terminating");
        rules.uncounted();
        rules.completionTime();
        rules.conditions();
        rules.finished();
        JobIndexStatusValidation.check(job, old, errors);
        rules.ready();
        rules.contradictions();
        rules.lasting();
        rules.counters();
        rules.times();
    }

    private void uncounted() {
        Set<String> seen = new HashSet<>();
        for (String list : List.of("succeeded", "failed")) {
            JsonNode uids = status("uncountedTerminatedPods").path(list);
            for (int i = 0; i < uids.size(); i++) {
                String path = "status.uncountedTerminatedPods." + list + "[" + i + "]";
                String uid = uids.get(i).asString("");
                if (uid.isEmpty()) {
                    errors.invalid(path, uid, "must not be empty");
                } else if (!seen.add(uid)) {
                    errors.duplicate(path, uid);
                }
            }
        }
    }

    private void completionTime() {
        if (before.complete() == ends.complete() && !changed("completionTime")) {
            return;
        }
        String path = "status.completionTime";
        if (has("completionTime") && !ends.complete()) {
            errors.invalid(
                    path,
                    status("completionTime"),
                    "cannot set completionTime when there is no Complete=True condition");
        }
        if (!has("completionTime") && ends.complete()) {
            errors.required(path, "completionTime is required for Complete jobs");
        }
    }

    private void conditions() {
        boolean complete = before.complete() != ends.complete();
        boolean failed = before.failed() != ends.failed();
        boolean target = before.failureTarget() != ends.failureTarget();
        boolean criteria = before.successCriteriaMet() != ends.successCriteriaMet();
        refuse(
                (complete || failed) && ends.complete() && ends.failed(),
                "cannot set Complete=True and Failed=true conditions");
        refuse(
                (complete || target) && ends.complete() && ends.failureTarget(),
                "cannot set Complete=True and FailureTarget=true conditions");
        refuse(
                (failed || changed("failedIndexes")) && ends.failed() && !ends.failureTarget(),
                "cannot set Failed=True condition without the FailureTarget=true condition");
        refuse(
                (complete || criteria) && ends.complete() && !ends.successCriteriaMet(),
                "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    }

    private void finished() {
        if (!ends.finished()) {
            return;
        }
        boolean now = !before.finished();
        if ((now || changed("active")) && count("active") > 0) {
            errors.invalid("status.active", count("active"), "active>0 is invalid for finished job");
        }
        boolean nothing = job.path("spec").path("suspend").asBoolean(false)
                && job.path("spec").path("completions").asInt(1) == 0;
        if ((now || changed("startTime")) && !nothing && !has("startTime")) {
            errors.required("status.startTime", "startTime is required for finished job");
        }
        JsonNode uncounted = status("uncountedTerminatedPods");
        if ((now || changed("uncountedTerminatedPods"))
                && !(uncounted.path("failed").isEmpty()
                        && uncounted.path("succeeded").isEmpty())) {
            errors.invalid("status.uncountedTerminatedPods", uncounted, "must be empty for finished job");
        }
        if ((now || changed("terminating")) && count("terminating") > 0) {
            errors.invalid("status.terminating", count("terminating"), "terminating>0 is invalid for finished job");
        }
    }

    private void ready() {
        if ((changed("ready") || changed("active")) && has("ready") && count("ready") > count("active")) {
            errors.invalid("status.ready", count("ready"), "cannot set more ready pods than active");
        }
    }

    private void contradictions() {
        refuse(
                ends.successCriteriaMet() && ends.failed(),
                "cannot set SuccessCriteriaMet=True and Failed=true conditions");
        refuse(
                ends.successCriteriaMet() && ends.failureTarget(),
                "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
        refuse(
                job.path("spec").hasNonNull("successPolicy") && !ends.successCriteriaMet() && ends.complete(),
                "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
    }

    private void lasting() {
        refuse(before.failed() && !ends.failed(), "cannot disable the terminal Failed=True condition");
        refuse(before.complete() && !ends.complete(), "cannot disable the terminal Complete=True condition");
        refuse(
                before.failureTarget() && !ends.failureTarget(),
                "cannot disable the terminal FailureTarget=True condition");
        refuse(
                before.successCriteriaMet() && !ends.successCriteriaMet(),
                "cannot disable the SuccessCriteriaMet=True condition");
        refuse(
                before.complete() && !before.successCriteriaMet() && ends.successCriteriaMet(),
                "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
    }

    /// Indexed Jobs with as many places as completions can be scaled down, others only count up.
    private void counters() {
        if (count("failed") < old.path("status").path("failed").asLong(0)) {
            errors.invalid("status.failed", count("failed"), "cannot decrease the failed counter");
        }
        JsonNode spec = job.path("spec");
        boolean scalable = spec.path("completionMode").asString("").equals("Indexed")
                && spec.path("completions").equals(spec.path("parallelism"));
        if (!scalable
                && count("succeeded") < old.path("status").path("succeeded").asLong(0)) {
            errors.invalid("status.succeeded", count("succeeded"), "cannot decrease the succeeded counter");
        }
    }

    private void times() {
        JsonNode status = old.path("status");
        if (has("completionTime") && status.hasNonNull("completionTime") && changed("completionTime")) {
            errors.invalid("status.completionTime", status("completionTime"), "field is immutable");
        }
        boolean resumes = JobEnds.is(old, "Suspended", "True") && JobEnds.is(job, "Suspended", "False");
        if (changed("startTime")
                && !resumes
                && status.hasNonNull("startTime")
                && !job.path("spec").path("suspend").asBoolean(false)) {
            errors.invalid(
                    "status.startTime",
                    has("startTime") ? status("startTime") : null,
                    "field is immutable for unsuspended job once set");
        }
        if ((changed("startTime") || changed("completionTime"))
                && has("startTime")
                && has("completionTime")
                && time("completionTime").isBefore(time("startTime"))) {
            errors.invalid("status.completionTime", status("completionTime"), "must be equal to or after `startTime`");
        }
    }

    private OffsetDateTime time(String field) {
        return OffsetDateTime.parse(status(field).asString(""));
    }

    private void refuse(boolean wrong, String detail) {
        if (wrong) {
            errors.faulty(CONDITIONS, detail);
        }
    }

    private JsonNode status(String field) {
        return job.path("status").path(field);
    }

    private boolean has(String field) {
        return job.path("status").hasNonNull(field);
    }

    private long count(String field) {
        return status(field).asLong(0);
    }

    private boolean changed(String field) {
        return !status(field).equals(old.path("status").path(field));
    }
}
