package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.nonZero;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The next steps of a Job (upstream `pkg/controller/job`), put together from [JobCounts], [JobEnd], [PodNotes] and
/// [PodDemand]. Pure.
///
/// @param creations pods to make
/// @param deletions pods to end
/// @param release pods whose finalizer may go once the status is written
/// @param next when to look again although nothing changes
record JobPlan(
        List<PodDemand.NewPod> creations,
        List<Pod> deletions,
        List<Pod> release,
        JobStatus status,
        Optional<Instant> next,
        List<Event> events) {
    /// Something to tell.
    record Event(String type, String reason, String message) {}

    static final String COMPLETE = "Complete";
    static final String FAILED = "Failed";
    static final String SUSPENDED = "Suspended";

    static boolean isFinished(Job job) {
        return JobConditions.isTrue(job.status().conditions(), COMPLETE)
                || JobConditions.isTrue(job.status().conditions(), FAILED);
    }

    static JobPlan of(JobView view) {
        return isFinished(view.job()) ? finished(view) : new Planner(view).plan();
    }

    /// Nothing changes but the last pods' finalizers.
    private static JobPlan finished(JobView view) {
        return new JobPlan(
                List.of(),
                List.of(),
                view.pods().stream()
                        .filter(p -> JobPod.isTracked(p) && Pods.isFinished(p))
                        .toList(),
                view.job().status(),
                Optional.empty(),
                List.of());
    }

    private static final class Planner {
        private final JobView view;
        private final JobCounts counts;
        private final JobConditions conditions;
        private final List<Event> events = new ArrayList<>();
        private @Nullable Instant startTime;
        private @Nullable Instant completionTime;

        Planner(JobView view) {
            this.view = view;
            this.counts = JobCounts.of(view);
            this.conditions = new JobConditions(view.job().status().conditions(), view.now());
            this.startTime = view.job().status().startTime();
            this.completionTime = view.job().status().completionTime();
        }

        JobPlan plan() {
            if (startTime == null && !view.isSuspended()) {
                startTime = view.now();
            }
            Optional<JobEnd> end = JobEnd.of(view, counts, time(startTime));
            PodNotes notes = PodNotes.of(view, counts, end);
            PodDemand demand = end.isPresent()
                    ? new PodDemand(List.of(), view.active(), Optional.empty())
                    : PodDemand.of(view, counts);
            if (end.isPresent()) {
                end(end.get(), notes);
            } else if (view.settled()) {
                suspendOrResume();
            }
            return new JobPlan(
                    demand.creations(), demand.deletions(), notes.release(), status(notes), wake(demand, end), events);
        }

        private void suspendOrResume() {
            if (view.isSuspended()) {
                if (conditions.set(SUSPENDED, "True", "JobSuspended", "Job suspended")) {
                    events.add(new Event("Normal", "Suspended", "Job suspended"));
                    startTime = null;
                }
            } else if (conditions.set(SUSPENDED, "False", "JobResumed", "Job resumed")) {
                events.add(new Event("Normal", "Resumed", "Job resumed"));
                startTime = view.now();
            }
        }

        /// The end is said for good only when no pod is left running, going or uncounted.
        private void end(JobEnd end, PodNotes notes) {
            conditions.set(end.interim(), "True", end.reason(), end.message());
            boolean quiet = view.settled()
                    && view.active().isEmpty()
                    && view.terminating().isEmpty()
                    && notes.isEmpty()
                    && notes.release().isEmpty();
            if (!quiet) {
                return;
            }
            conditions.set(end.terminal(), "True", end.reason(), end.message());
            if (!end.success()) {
                events.add(new Event("Warning", end.reason(), end.message()));
                return;
            }
            completionTime = view.now();
            Integer completions = view.job().spec().completions();
            if (completions != null && counts.succeeded() > completions) {
                events.add(new Event(
                        "Warning",
                        "TooManySucceededPods",
                        "Too many succeeded pods running after completion count reached"));
            }
            events.add(new Event("Normal", "Completed", "Job completed"));
        }

        private Optional<Instant> wake(PodDemand demand, Optional<JobEnd> end) {
            if (end.isPresent()) {
                return Optional.empty();
            }
            Optional<Instant> deadline = JobEnd.deadline(view, time(startTime));
            return demand.next()
                    .filter(n -> deadline.isEmpty() || n.isBefore(deadline.get()))
                    .or(() -> deadline);
        }

        private JobStatus status(PodNotes notes) {
            List<Pod> active = view.active();
            return new JobStatus(
                    conditions.all(),
                    startTime,
                    completionTime,
                    nonZero(active.size()),
                    nonZero(notes.countedSucceeded()),
                    nonZero(notes.countedFailed()),
                    view.terminating().size(),
                    notes.completed().isEmpty() ? null : Indexes.format(notes.completed()),
                    failedIndexes(counts.failedIndexes()),
                    notes.uncounted(),
                    (int) active.stream().filter(Pods::isReady).count());
        }

        private @Nullable String failedIndexes(SortedSet<Integer> failed) {
            return view.countsPerIndex() ? Indexes.format(failed) : null;
        }
    }
}
