package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.flag;
import static io.gantry.controllermanager.common.Fields.nonZero;
import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobCondition;
import io.gantry.api.batch.v1.job.JobStatus;
import io.gantry.api.batch.v1.job.UncountedTerminatedPods;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The next steps of a Job (upstream `pkg/controller/job`). A finished pod is first noted by uid in the status, then
/// its
/// finalizer goes, then it is counted: so each result counts once whatever crashes in between.
///
/// @param creations pods to make, with their index where the Job has indexes
/// @param deletions pods to end
/// @param release pods whose finalizer may go once the status is written
/// @param next when to look again although nothing changes
record JobPlan(
        List<OptionalInt> creations,
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
    private static final String SUCCESS_MET = "SuccessCriteriaMet";
    private static final String FAILURE_TARGET = "FailureTarget";
    private static final int MAX_NEW_PODS = 500;
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

    /// @param pods the Job's pods
    static JobPlan of(Job job, List<Pod> pods, Instant now) {
        return new Planner(job, pods, now).plan();
    }

    static boolean isFinished(Job job) {
        return isTrue(job.status().conditions(), COMPLETE)
                || isTrue(job.status().conditions(), FAILED);
    }

    private static boolean isTrue(List<JobCondition> conditions, String type) {
        return conditions.stream()
                .anyMatch(c -> c.type().equals(type) && c.status().equals("True"));
    }

    private static final class Planner {
        private final Job job;
        private final Instant now;
        private final List<Pod> pods;
        private final List<Pod> active;
        private final int terminating;
        private final Set<String> uncountedSucceeded = new LinkedHashSet<>();
        private final Set<String> uncountedFailed = new LinkedHashSet<>();
        private final SortedSet<Integer> completedIndexes;
        private final List<JobCondition> conditions;
        private final List<OptionalInt> creations = new ArrayList<>();
        private final List<Pod> deletions = new ArrayList<>();
        private final List<Event> events = new ArrayList<>();
        private int succeeded;
        private int failed;
        private @Nullable Instant startTime;
        private @Nullable Instant completionTime;
        private Optional<Instant> next = Optional.empty();

        Planner(Job job, List<Pod> pods, Instant now) {
            this.job = job;
            this.pods = pods;
            this.now = now;
            this.active = pods.stream().filter(Pods::isActive).toList();
            this.terminating = (int) pods.stream()
                    .filter(p -> Pods.isTerminating(p) && !Pods.isFinished(p))
                    .count();
            JobStatus status = job.status();
            this.completedIndexes = Indexes.parse(text(status.completedIndexes()));
            this.conditions = new ArrayList<>(status.conditions());
            this.succeeded = number(status.succeeded());
            this.failed = number(status.failed());
            this.startTime = status.startTime();
            this.completionTime = status.completionTime();
        }

        JobPlan plan() {
            count();
            if (!isFinished(job)) {
                suspendOrResume();
                if (startTime == null && !flag(job.spec().suspend())) {
                    startTime = now;
                }
                decide();
                if (!isEnding() && !flag(job.spec().suspend())) {
                    manage();
                }
                finishWhenQuiet();
            }
            return new JobPlan(creations, deletions, release(), status(), next, events);
        }

        private boolean isIndexed() {
            return text(job.spec().completionMode()).equals("Indexed");
        }

        /// Moves pods that lost their finalizer from noted to counted, and notes those that ended.
        private void count() {
            Map<String, Pod> byUid = pods.stream()
                    .collect(Collectors.toMap(p -> text(p.metadata().uid()), Function.identity(), (a, b) -> a));
            UncountedTerminatedPods noted = job.status().uncountedTerminatedPods();
            if (noted != null) {
                noted.succeeded().forEach(uid -> countOrKeep(uid, byUid.get(uid), true));
                noted.failed().forEach(uid -> countOrKeep(uid, byUid.get(uid), false));
            }
            for (Pod pod : pods) {
                String uid = text(pod.metadata().uid());
                if (!JobPod.isTracked(pod) || uncountedSucceeded.contains(uid) || uncountedFailed.contains(uid)) {
                    continue;
                }
                if (Pods.phase(pod).equals("Succeeded")) {
                    note(pod, uid);
                } else if (Pods.phase(pod).equals("Failed") || Pods.isTerminating(pod) && !Pods.isAssigned(pod)) {
                    uncountedFailed.add(uid);
                }
            }
            if (isIndexed()) {
                succeeded = completedIndexes.size();
            }
        }

        private void countOrKeep(String uid, @Nullable Pod pod, boolean success) {
            if (pod != null && JobPod.isTracked(pod)) {
                (success ? uncountedSucceeded : uncountedFailed).add(uid);
            } else if (!success) {
                failed++;
            } else if (!isIndexed()) {
                succeeded++;
            }
        }

        private void note(Pod pod, String uid) {
            uncountedSucceeded.add(uid);
            if (isIndexed() && JobPod.index(pod) >= 0 && JobPod.index(pod) < completions()) {
                completedIndexes.add(JobPod.index(pod));
            }
        }

        private int allSucceeded() {
            return isIndexed() ? completedIndexes.size() : succeeded + uncountedSucceeded.size();
        }

        private int allFailed() {
            return failed + uncountedFailed.size();
        }

        private int completions() {
            return number(job.spec().completions(), 1);
        }

        private List<Pod> release() {
            return pods.stream()
                    .filter(JobPod::isTracked)
                    .filter(p -> {
                        String uid = text(p.metadata().uid());
                        return uncountedSucceeded.contains(uid) || uncountedFailed.contains(uid);
                    })
                    .toList();
        }

        private void suspendOrResume() {
            boolean suspended = isTrue(conditions, SUSPENDED);
            if (flag(job.spec().suspend()) && !suspended) {
                set(SUSPENDED, "True", "JobSuspended", "Job suspended");
                events.add(new Event("Normal", "Suspended", "Job suspended"));
                startTime = null;
            } else if (!flag(job.spec().suspend()) && suspended) {
                set(SUSPENDED, "False", "JobResumed", "Job resumed");
                events.add(new Event("Normal", "Resumed", "Job resumed"));
                startTime = now;
            }
            if (flag(job.spec().suspend())) {
                deletions.addAll(active);
            }
        }

        private boolean isEnding() {
            return isTrue(conditions, SUCCESS_MET) || isTrue(conditions, FAILURE_TARGET);
        }

        private void decide() {
            if (!isEnding()) {
                if (isPastBackoffLimit()) {
                    fail("BackoffLimitExceeded", "Job has reached the specified backoff limit");
                } else if (isPastDeadline()) {
                    fail("DeadlineExceeded", "Job was active longer than specified deadline");
                } else if (isDone()) {
                    set(SUCCESS_MET, "True", "CompletionsReached", "Reached expected number of succeeded pods");
                }
            }
            if (isEnding()) {
                active.stream().filter(p -> !deletions.contains(p)).forEach(deletions::add);
            }
        }

        private void fail(String reason, String message) {
            set(FAILURE_TARGET, "True", reason, message);
            events.add(new Event("Warning", reason, message));
        }

        private boolean isPastBackoffLimit() {
            int limit = number(job.spec().backoffLimit(), 6);
            if (allFailed() > limit) {
                return true;
            }
            if (!text(job.spec().template().spec().restartPolicy()).equals("OnFailure")) {
                return false;
            }
            int restarts = active.stream()
                    .flatMap(p -> p.status().containerStatuses().stream())
                    .map(ContainerStatus::restartCount)
                    .mapToInt(r -> number(r))
                    .sum();
            return limit == 0 ? restarts > 0 : restarts >= limit;
        }

        private boolean isPastDeadline() {
            Long seconds = job.spec().activeDeadlineSeconds();
            if (seconds == null || startTime == null || flag(job.spec().suspend())) {
                return false;
            }
            Instant deadline = startTime.plusSeconds(seconds);
            if (deadline.isAfter(now)) {
                wakeAt(deadline);
                return false;
            }
            return true;
        }

        private boolean isDone() {
            Integer completions = job.spec().completions();
            return completions == null ? allSucceeded() > 0 && active.isEmpty() : allSucceeded() >= completions;
        }

        private void manage() {
            int wanted = wantedActive();
            int running = active.size() + (waitsForTerminating() ? terminating : 0);
            if (running > wanted) {
                active.stream()
                        .sorted(Comparator.comparing(Pods::isAssigned).thenComparing(Pods::isReady))
                        .limit(running - wanted)
                        .forEach(deletions::add);
            } else if (running < wanted) {
                create(Math.min(wanted - running, MAX_NEW_PODS));
            }
        }

        private boolean waitsForTerminating() {
            return text(job.spec().podReplacementPolicy()).equals("Failed");
        }

        private int wantedActive() {
            int parallelism = number(job.spec().parallelism(), 1);
            Integer completions = job.spec().completions();
            if (completions == null) {
                return allSucceeded() > 0 ? Math.min(active.size(), parallelism) : parallelism;
            }
            return Math.min(completions - allSucceeded(), parallelism);
        }

        private void create(int count) {
            Instant allowed = backoffEnd();
            if (allowed.isAfter(now)) {
                wakeAt(allowed);
                return;
            }
            if (!isIndexed()) {
                for (int i = 0; i < count; i++) {
                    creations.add(OptionalInt.empty());
                }
                return;
            }
            Set<Integer> taken = new TreeSet<>(completedIndexes);
            pods.stream()
                    .filter(p -> Pods.isActive(p) || Pods.isTerminating(p) && waitsForTerminating())
                    .forEach(p -> taken.add(JobPod.index(p)));
            for (int index = 0; index < completions() && creations.size() < count; index++) {
                if (!taken.contains(index)) {
                    creations.add(OptionalInt.of(index));
                }
            }
        }

        /// New pods wait after failures: ten seconds, then twice as long each time, since the last success.
        private Instant backoffEnd() {
            Instant lastSuccess = ended("Succeeded").max(Instant::compareTo).orElse(Instant.EPOCH);
            List<Instant> failures = ended("Failed")
                    .filter(at -> at.isAfter(lastSuccess))
                    .sorted()
                    .toList();
            if (failures.isEmpty()) {
                return Instant.EPOCH;
            }
            long millis = FIRST_BACKOFF.toMillis() << Math.min(failures.size() - 1, 10);
            return failures.getLast().plusMillis(Math.min(millis, LONGEST_BACKOFF.toMillis()));
        }

        private Stream<Instant> ended(String phase) {
            return pods.stream().filter(p -> Pods.phase(p).equals(phase)).map(Planner::finishedAt);
        }

        private static Instant finishedAt(Pod pod) {
            return pod.status().containerStatuses().stream()
                    .map(ContainerStatus::state)
                    .filter(s -> s != null && s.terminated() != null)
                    .map(s -> time(s.terminated().finishedAt()))
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
        }

        private void wakeAt(Instant at) {
            next = next.filter(n -> n.isBefore(at)).or(() -> Optional.of(at));
        }

        /// Complete or Failed is said only when no pod is left running or uncounted.
        private void finishWhenQuiet() {
            boolean quiet =
                    active.isEmpty() && terminating == 0 && uncountedSucceeded.isEmpty() && uncountedFailed.isEmpty();
            if (!isEnding() || !quiet) {
                return;
            }
            Optional<JobCondition> failure = find(FAILURE_TARGET);
            if (failure.isPresent()) {
                set(
                        FAILED,
                        "True",
                        text(failure.get().reason()),
                        text(failure.get().message()));
                return;
            }
            set(COMPLETE, "True", "CompletionsReached", "Reached expected number of succeeded pods");
            completionTime = now;
            events.add(new Event("Normal", "Completed", "Job completed"));
        }

        private Optional<JobCondition> find(String type) {
            return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
        }

        private void set(String type, String status, String reason, String message) {
            conditions.removeIf(c -> c.type().equals(type));
            conditions.add(new JobCondition(type, status, now, now, reason, message));
        }

        private JobStatus status() {
            int ready = (int) active.stream().filter(Pods::isReady).count();
            return new JobStatus(
                    conditions,
                    startTime,
                    completionTime,
                    nonZero(active.size()),
                    nonZero(succeeded),
                    nonZero(failed),
                    terminating,
                    isIndexed() && !completedIndexes.isEmpty() ? Indexes.format(completedIndexes) : null,
                    job.status().failedIndexes(),
                    new UncountedTerminatedPods(List.copyOf(uncountedSucceeded), List.copyOf(uncountedFailed)),
                    ready);
        }
    }
}
