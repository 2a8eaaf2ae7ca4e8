package io.gantry.api.batch.v1.cronjob;

import static io.gantry.api.validation.References.text;

import io.gantry.api.batch.v1.job.JobRules;
import io.gantry.api.batch.v1.job.JobValidation;
import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.schema.GoTimeZones;
import io.gantry.api.validation.Numbers;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of CronJobs (upstream `ValidateCronJobCreate`, which leaves the metadata of `jobTemplate` to the job).
public final class CronJobRules implements KindRules<CronJob> {

    @Override
    public List<String> specWarnings(CronJob object) {
        JobTemplateSpec job = object.spec().jobTemplate();
        return job == null
                ? List.of()
                : PodSpecWarnings.ofTemplate(job.spec().template(), "spec.jobTemplate.spec.template");
    }

    @Override
    public List<String> createWarnings(CronJob object) {
        return PodSpecWarnings.ofWorkload(object.metadata());
    }

    private static final int MAX_NAME = 52;

    @Override
    public void defaults(ObjectNode object) {
        JsonNode job = object.path("spec").path("jobTemplate").path("spec");
        JobRules.patternDefaults(job);
        PodSpecDefaults.applyToTemplate(job.path("template"));
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status");
    }

    @Override
    public void validate(CronJob object, FieldErrors errors) {
        CronJobSpec spec = object.spec();
        schedule(text(spec.schedule()), errors);
        Numbers.nonNegative(spec.startingDeadlineSeconds(), "spec.startingDeadlineSeconds", errors);
        Numbers.nonNegative(spec.successfulJobsHistoryLimit(), "spec.successfulJobsHistoryLimit", errors);
        Numbers.nonNegative(spec.failedJobsHistoryLimit(), "spec.failedJobsHistoryLimit", errors);
        if (spec.jobTemplate() != null) {
            String path = "spec.jobTemplate";
            JobValidation.check(spec.jobTemplate().spec(), path + ".spec", errors);
            if (spec.jobTemplate().spec().selector() != null) {
                errors.invalid(
                        path + ".spec.selector",
                        spec.jobTemplate().spec().selector(),
                        "`selector` will be auto-generated");
            }
            if (Boolean.TRUE.equals(spec.jobTemplate().spec().manualSelector())) {
                errors.notSupported(path + ".spec.manualSelector", true, List.of("nil", "false"));
            }
        }
    }

    @Override
    public void validateCreate(CronJob object, FieldErrors errors) {
        String name = text(object.metadata().name());
        if (name.length() > MAX_NAME) {
            errors.invalid("metadata.name", name, "must be no more than " + MAX_NAME + " characters");
        }
        zoneInSchedule(object.spec(), false, errors);
        timeZone(object.spec().timeZone(), errors);
    }

    /// A zone in the schedule stays allowed where there was one before it was refused.
    @Override
    public void validateUpdate(CronJob object, CronJob old, FieldErrors errors) {
        zoneInSchedule(object.spec(), hasZone(old.spec()), errors);
        if (!Objects.equals(object.spec().timeZone(), old.spec().timeZone())) {
            timeZone(object.spec().timeZone(), errors);
        }
    }

    private static void schedule(String schedule, FieldErrors errors) {
        if (schedule.isEmpty()) {
            errors.required("spec.schedule", "");
            return;
        }
        try {
            CronSchedule.parse(schedule, ZoneOffset.UTC);
        } catch (IllegalArgumentException fault) {
            errors.invalid("spec.schedule", schedule, text(fault.getMessage()));
        }
    }

    private static void zoneInSchedule(CronJobSpec spec, boolean allowed, FieldErrors errors) {
        if (!hasZone(spec)) {
            return;
        }
        if (!allowed) {
            errors.invalid(
                    "spec.schedule",
                    spec.schedule(),
                    "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else if (spec.timeZone() != null) {
            errors.invalid(
                    "spec.schedule", spec.schedule(), "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
    }

    private static boolean hasZone(CronJobSpec spec) {
        return text(spec.schedule()).contains("TZ");
    }

    private static void timeZone(@Nullable String zone, FieldErrors errors) {
        if (zone == null) {
            return;
        }
        if (zone.isEmpty()) {
            errors.invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string");
            return;
        }
        if (zone.equalsIgnoreCase("local")) {
            errors.invalid(
                    "spec.timeZone",
                    zone,
                    "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        try {
            GoTimeZones.load(zone);
        } catch (IllegalArgumentException none) {
            errors.invalid("spec.timeZone", zone, "unknown time zone " + zone);
        }
    }
}
