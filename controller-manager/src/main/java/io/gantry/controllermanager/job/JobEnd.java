package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.batch.v1.job.JobCondition;
import io.gantry.api.batch.v1.job.JobSpec;
import io.gantry.api.batch.v1.job.SuccessPolicyRule;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Why a Job ends: first said in an interim condition, `SuccessCriteriaMet` or `FailureTarget`, then, when no pod is
/// left, in `Complete` or `Failed`. Pure.
///
/// @param success whether it ends well
record JobEnd(boolean success, String reason, String message) {
    static final String SUCCESS_MET = "SuccessCriteriaMet";
    static final String FAILURE_TARGET = "FailureTarget";

    /// The interim condition's type.
    String interim() {
        return success ? SUCCESS_MET : FAILURE_TARGET;
    }

    /// The final condition's type.
    String terminal() {
        return success ? JobPlan.COMPLETE : JobPlan.FAILED;
    }

    /// @param startTime since when the Job is active; the epoch while it is not
    static Optional<JobEnd> of(JobView view, JobCounts counts, Instant startTime) {
        return said(view, SUCCESS_MET, true)
                .or(() -> said(view, FAILURE_TARGET, false))
                .or(() -> byFailurePolicy(view))
                .or(() -> byLimits(view, counts, startTime))
                .or(() -> byIndexes(view, counts))
                .or(() -> bySuccessPolicy(view, counts))
                .or(() -> byCompletions(view, counts));
    }

    private static Optional<JobEnd> said(JobView view, String type, boolean success) {
        return view.job().status().conditions().stream()
                .filter(c -> c.type().equals(type) && c.status().equals("True"))
                .map((JobCondition c) -> new JobEnd(success, text(c.reason()), text(c.message())))
                .findFirst();
    }

    private static Optional<JobEnd> failure(String reason, String message) {
        return Optional.of(new JobEnd(false, reason, message));
    }

    private static Optional<JobEnd> byFailurePolicy(JobView view) {
        return view.pods().stream()
                .filter(view::isFailed)
                .map(p -> FailurePolicy.of(view.job(), p))
                .filter(policy -> policy.action().equals("FailJob"))
                .map(policy -> new JobEnd(false, "PodFailurePolicy", policy.message()))
                .findFirst();
    }

    private static Optional<JobEnd> byLimits(JobView view, JobCounts counts, Instant startTime) {
        JobSpec spec = view.job().spec();
        int limit = number(spec.backoffLimit(), 6);
        if (counts.failed() > limit || tooManyRestarts(view, limit)) {
            return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
        return deadline(view, startTime).filter(at -> !at.isAfter(view.now())).isPresent()
                ? failure("DeadlineExceeded", "Job was active longer than specified deadline")
                : Optional.empty();
    }

    /// When the Job may be active no longer.
    static Optional<Instant> deadline(JobView view, Instant startTime) {
        Long seconds = view.job().spec().activeDeadlineSeconds();
        return seconds == null || startTime.equals(Instant.EPOCH) || view.isSuspended()
                ? Optional.empty()
                : Optional.of(startTime.plusSeconds(seconds));
    }

    private static boolean tooManyRestarts(JobView view, int limit) {
        if (!text(view.job().spec().template().spec().restartPolicy()).equals("OnFailure")) {
            return false;
        }
        int restarts = view.pods().stream()
                .filter(p -> Pods.phase(p).equals("Running") || Pods.phase(p).equals("Pending"))
                .flatMap(JobEnd::statuses)
                .mapToInt(s -> number(s.restartCount()))
                .sum();
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Stream.concat(pod.status().initContainerStatuses().stream(), pod.status().containerStatuses().stream());
    }

    private static Optional<JobEnd> byIndexes(JobView view, JobCounts counts) {
        int failed = counts.failedIndexes().size();
        Integer most = view.job().spec().maxFailedIndexes();
        if (!view.countsPerIndex() || failed == 0) {
            return Optional.empty();
        }
        if (most != null && failed > most) {
            return failure(
                    "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes");
        }
        return failed + counts.completed().size() >= view.completions()
                ? failure("FailedIndexes", "Job has failed indexes")
                : Optional.empty();
    }

    private static Optional<JobEnd> bySuccessPolicy(JobView view, JobCounts counts) {
        if (!view.isIndexed()
                || view.job().spec().successPolicy() == null
                || counts.completed().isEmpty()) {
            return Optional.empty();
        }
        List<SuccessPolicyRule> rules = view.job().spec().successPolicy().rules();
        for (int i = 0; i < rules.size(); i++) {
            if (isMet(rules.get(i), counts.completed())) {
                return Optional.of(new JobEnd(true, "SuccessPolicy", "Matched rules at index " + i));
            }
        }
        return Optional.empty();
    }

    private static boolean isMet(SuccessPolicyRule rule, Set<Integer> completed) {
        if (rule.succeededIndexes() == null) {
            return rule.succeededCount() != null && completed.size() >= rule.succeededCount();
        }
        Set<Integer> wanted = Indexes.parse(rule.succeededIndexes());
        long met = wanted.stream().filter(completed::contains).count();
        return met >= (rule.succeededCount() == null ? wanted.size() : rule.succeededCount());
    }

    private static Optional<JobEnd> byCompletions(JobView view, JobCounts counts) {
        Integer completions = view.job().spec().completions();
        boolean done = completions == null
                ? counts.succeeded() > 0 && view.active().isEmpty()
                : counts.succeeded() >= completions;
        return done
                ? Optional.of(new JobEnd(true, "CompletionsReached", "Reached expected number of succeeded pods"))
                : Optional.empty();
    }
}
