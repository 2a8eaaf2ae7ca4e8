package io.gantry.controllermanager.cronjob;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.StatusException;
import io.gantry.api.batch.v1.cronjob.CronJob;
import io.gantry.api.batch.v1.cronjob.CronJobBuilder;
import io.gantry.api.batch.v1.cronjob.CronJobKind;
import io.gantry.api.batch.v1.cronjob.CronJobStatus;
import io.gantry.api.batch.v1.cronjob.CronSchedule;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobBuilder;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.GoTimeZones;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.component.Histogram;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Carries out [CronJobPlan], notes which Jobs run, and removes old ones. A Job's name tells its minute, so that no
/// minute gets two.
final class CronJobReconciler implements Reconciler<ObjectKey> {
    private static final int SUCCESSFUL_HISTORY = 3;
    private static final int FAILED_HISTORY = 1;
    private static final double[] SKEW_SECONDS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

    private final Lister<CronJob> crons;
    private final Lister<Job> jobs;
    private final Resource<CronJob> resource;
    private final Resource<Job> jobResource;
    private final EventSink events;
    private final Clock clock;
    private final Histogram skew =
            new Histogram("cronjob_controller_job_creation_skew_duration_seconds", List.of(), SKEW_SECONDS);

    CronJobReconciler(Lister<CronJob> crons, Lister<Job> jobs, ApiClient client, EventSink events, Clock clock) {
        this.crons = crons;
        this.jobs = jobs;
        this.resource = client.resource(CronJobKind.KIND);
        this.jobResource = client.resource(JobKind.KIND);
        this.events = events;
        this.clock = clock;
    }

    /// How late Jobs came, as upstream tells it.
    String metrics() {
        return skew.text();
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<CronJob> found = crons.get(key.namespace(), key.name());
        if (found.isEmpty() || found.get().metadata().deletionTimestamp() != null) {
            return Result.done();
        }
        CronJob cron = found.get();
        List<Job> owned = jobs.inNamespace(key.namespace()).stream()
                .filter(job -> Owners.isControlledBy(job, cron))
                .toList();
        trim(cron, owned, "Complete", number(cron.spec().successfulJobsHistoryLimit(), SUCCESSFUL_HISTORY));
        trim(cron, owned, "Failed", number(cron.spec().failedJobsHistoryLimit(), FAILED_HISTORY));
        List<Job> active = active(cron, owned);
        Optional<CronSchedule> read = schedule(cron);
        if (read.isEmpty()) {
            return Result.done();
        }
        Instant now = clock.instant();
        CronJobPlan plan = CronJobPlan.of(cron, read.get(), !active.isEmpty(), now);
        plan.events().forEach(e -> events.event(cron, e.type(), e.reason(), e.message()));
        List<ObjectReference> running =
                new ArrayList<>(active.stream().map(job -> reference(cron, job)).toList());
        if (plan.due().isPresent()) {
            if (text(cron.spec().concurrencyPolicy()).equals("Replace")) {
                active.forEach(job -> delete(cron, job));
                running.clear();
            }
            start(cron, plan.due().get()).ifPresent(job -> running.add(reference(cron, job)));
        }
        writeStatus(cron, owned, running, plan.due());
        return plan.next()
                .map(at -> Result.requeueAfter(Duration.between(now, at).plusMillis(100)))
                .orElse(Result.done());
    }

    /// Empty, and told of, where the schedule or its zone cannot be read.
    private Optional<CronSchedule> schedule(CronJob cron) {
        String schedule = cron.spec().schedule();
        String name = text(cron.spec().timeZone());
        ZoneId zone;
        try {
            zone = GoTimeZones.load(name);
        } catch (IllegalArgumentException e) {
            warn(cron, "UnknownTimeZone", "invalid timeZone: \"" + name + "\": " + e.getMessage());
            return Optional.empty();
        }
        if (schedule.contains("TZ")) {
            warn(
                    cron,
                    "UnsupportedSchedule",
                    "CRON_TZ or TZ used in schedule \"" + schedule + "\" is not officially supported, see "
                            + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
        try {
            return Optional.of(CronSchedule.parse(schedule, zone));
        } catch (IllegalArgumentException e) {
            warn(cron, "UnparseableSchedule", "unparseable schedule: \"" + schedule + "\" : " + e.getMessage());
            return Optional.empty();
        }
    }

    private void warn(CronJob cron, String reason, String message) {
        events.event(cron, EventSink.WARNING, reason, message);
    }

    /// The Jobs that run on the CronJob's account: those that its status names, and those made in a run of this
    /// controller that ended before the status was written. Any other Job of the CronJob, such as one that
    /// `kubectl create job --from` made, is told of and otherwise left alone.
    private List<Job> active(CronJob cron, List<Job> owned) {
        Set<String> named = cron.status().active().stream()
                .map(reference -> text(reference.uid()))
                .collect(Collectors.toSet());
        List<Job> active = new ArrayList<>();
        for (Job job : owned) {
            Optional<Instant> madeFor = CronJobPlan.madeFor(cron, job);
            boolean counts = named.contains(Owners.uid(job))
                    || madeFor.filter(at -> CronJobPlan.mayBeUnwritten(cron, at))
                            .isPresent();
            if (counts && !isFinished(job)) {
                active.add(job);
            } else if (madeFor.isEmpty() && !isFinished(job)) {
                events.event(
                        cron,
                        EventSink.WARNING,
                        "UnexpectedJob",
                        "Saw a job that the controller did not create or forgot: "
                                + job.metadata().name());
            }
        }
        Set<String> known = owned.stream().map(Owners::uid).collect(Collectors.toSet());
        for (ObjectReference reference : cron.status().active()) {
            if (!known.contains(text(reference.uid()))) {
                fresh(cron, reference).filter(job -> !isFinished(job)).ifPresent(active::add);
            }
        }
        return active;
    }

    /// A Job that the status names and the cache does not show (yet).
    private Optional<Job> fresh(CronJob cron, ObjectReference reference) {
        Optional<Job> fresh = jobResource
                .find(text(cron.metadata().namespace()), text(reference.name()))
                .filter(job -> Owners.uid(job).equals(reference.uid()));
        if (fresh.isEmpty()) {
            events.event(cron, EventSink.NORMAL, "MissingJob", "Active job went missing: " + reference.name());
        }
        return fresh;
    }

    private Optional<Job> start(CronJob cron, Instant due) {
        Job job = job(cron, due);
        try {
            Job made = jobResource.create(job);
            Instant at = made.metadata().creationTimestamp();
            skew.of()
                    .observe(Duration.between(due, at == null ? clock.instant() : at)
                            .toSeconds());
            events.event(
                    cron,
                    EventSink.NORMAL,
                    "SuccessfulCreate",
                    "Created job " + made.metadata().name());
            return Optional.of(made);
        } catch (StatusException e) {
            if (e.isAlreadyExists()) {
                return Optional.empty();
            }
            if (!PodControl.isNamespaceTerminating(e)) {
                events.event(cron, EventSink.WARNING, "FailedCreate", "Error creating job: " + e.getMessage());
            }
            throw e;
        }
    }

    private static Job job(CronJob cron, Instant due) {
        ObjectMeta template = cron.spec().jobTemplate().metadata();
        Map<String, String> annotations = new LinkedHashMap<>(template.annotations());
        annotations.put(CronJobPlan.SCHEDULED, CronJobPlan.scheduled(cron, due));
        return JobBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(text(cron.metadata().namespace()))
                        .name(CronJobPlan.jobName(cron, due))
                        .labels(template.labels())
                        .annotations(annotations)
                        .ownerReferences(List.of(Owners.controllerReference(CronJobKind.KIND, cron)))
                        .build())
                .spec(cron.spec().jobTemplate().spec())
                .build();
    }

    private void writeStatus(CronJob cron, List<Job> owned, List<ObjectReference> running, Optional<Instant> due) {
        for (ObjectReference before : cron.status().active()) {
            owned.stream()
                    .filter(job -> Owners.uid(job).equals(before.uid()) && isFinished(job))
                    .forEach(job -> events.event(
                            cron,
                            EventSink.NORMAL,
                            "SawCompletedJob",
                            "Saw completed job: " + job.metadata().name() + ", condition: "
                                    + (isTrue(job, "Complete") ? "Complete" : "Failed")));
        }
        Instant success = owned.stream()
                .filter(job -> isTrue(job, "Complete"))
                .map(job -> time(job.status().completionTime()))
                .max(Instant::compareTo)
                .filter(at -> at.isAfter(time(cron.status().lastSuccessfulTime())))
                .orElse(cron.status().lastSuccessfulTime());
        CronJobStatus status =
                new CronJobStatus(running, due.orElse(cron.status().lastScheduleTime()), success);
        if (!status.equals(cron.status())) {
            resource.updateStatus(CronJobBuilder.builder(cron).status(status).build());
        }
    }

    /// Deletes the oldest finished Jobs beyond the limit.
    private void trim(CronJob cron, List<Job> owned, String condition, int limit) {
        List<Job> finished = owned.stream()
                .filter(job -> isTrue(job, condition))
                .sorted(Comparator.comparing(CronJobReconciler::started)
                        .thenComparing(job -> text(job.metadata().name())))
                .toList();
        finished.subList(0, Math.max(0, finished.size() - limit)).forEach(job -> delete(cron, job));
    }

    /// Jobs that never started come last.
    private static Instant started(Job job) {
        return job.status().startTime() == null ? Instant.MAX : job.status().startTime();
    }

    private void delete(CronJob cron, Job job) {
        ObjectKey key = ObjectKey.of(job);
        if (job.metadata().deletionTimestamp() != null) {
            return;
        }
        try {
            jobResource.delete(
                    key.namespace(), key.name(), Deletion.background().withUid(Owners.uid(job)));
            events.event(cron, EventSink.NORMAL, "SuccessfulDelete", "Deleted job " + key.name());
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                events.event(cron, EventSink.WARNING, "FailedDelete", "Deleted job: " + e.getMessage());
                throw e;
            }
        }
    }

    /// As the status has it already, or a new one.
    private static ObjectReference reference(CronJob cron, Job job) {
        return cron.status().active().stream()
                .filter(known -> Owners.uid(job).equals(known.uid()))
                .findFirst()
                .orElseGet(() -> reference(job));
    }

    private static ObjectReference reference(Job job) {
        return ObjectReferenceBuilder.builder()
                .apiVersion(JobKind.KIND.apiVersion())
                .kind(JobKind.KIND.name())
                .namespace(text(job.metadata().namespace()))
                .name(text(job.metadata().name()))
                .uid(Owners.uid(job))
                .resourceVersion(text(job.metadata().resourceVersion()))
                .build();
    }

    private static boolean isFinished(Job job) {
        return isTrue(job, "Complete") || isTrue(job, "Failed");
    }

    private static boolean isTrue(Job job, String type) {
        return job.status().conditions().stream()
                .anyMatch(c -> c.type().equals(type) && Fields.text(c.status()).equals("True"));
    }
}
