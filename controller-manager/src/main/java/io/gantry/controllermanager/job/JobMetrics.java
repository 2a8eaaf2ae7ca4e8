package io.gantry.controllermanager.job;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import io.gantry.controllermanager.common.Fields;
import java.util.List;
import java.util.stream.IntStream;

/// Upstream's metrics of the Job controller (`pkg/controller/job/metrics`). Thread-safe.
final class JobMetrics {
    private static final double FIRST_BUCKET_SECONDS = 0.004;
    private static final int BUCKETS = 15;
    private static final List<String> SYNC = List.of("completion_mode", "result", "action");

    private final Histogram durations =
            new Histogram("job_controller_job_sync_duration_seconds", SYNC, doubling(FIRST_BUCKET_SECONDS, BUCKETS));
    private final Counts syncs = Counts.counter("job_controller_job_syncs_total", SYNC.toArray(String[]::new));
    private final Counts jobs =
            Counts.counter("job_controller_jobs_finished_total", "completion_mode", "result", "reason");
    private final Counts handled =
            Counts.counter("job_controller_pod_failures_handled_by_failure_policy_total", "action");
    private final Counts tracked = Counts.counter("job_controller_terminated_pods_tracking_finalizer_total", "event");
    private final Counts pods = Counts.counter("job_controller_job_pods_finished_total", "completion_mode", "result");

    private static double[] doubling(double first, int number) {
        return IntStream.range(0, number).mapToDouble(i -> first * (1 << i)).toArray();
    }

    String text() {
        return durations.text() + syncs.text() + jobs.text() + pods.text() + handled.text() + tracked.text();
    }

    /// A Job was looked at.
    ///
    /// @param settled whether all pods that were asked for before had been seen
    void synced(Job job, JobPlan plan, boolean settled, boolean failed, long nanos) {
        String result = failed ? "error" : "success";
        durations.of(mode(job), result, action(plan, settled)).observeNanos(nanos);
        syncs.of(mode(job), result, action(plan, settled)).increment();
    }

    /// What a sync did, in upstream's words.
    private static String action(JobPlan plan, boolean settled) {
        if (!settled) {
            return "reconciling";
        }
        if (!plan.creations().isEmpty()) {
            return "pods_created";
        }
        return plan.deletions().isEmpty() ? "tracking" : "pods_deleted";
    }

    /// A pod came, changed or went.
    ///
    /// @param was whether it had ended and waited to be counted before
    /// @param is whether it has and does now
    void terminated(boolean was, boolean is) {
        if (was != is) {
            tracked.of(is ? "add" : "delete").increment();
        }
    }

    /// A pod was counted, and waits no more.
    void released(Job job, Pod pod) {
        String action = "Failed".equals(pod.status().phase())
                ? FailurePolicy.of(job, pod).action()
                : "";
        if (!action.isEmpty()) {
            handled.of(action).increment();
        }
    }

    /// A new status was written.
    void written(Job before, JobStatus now) {
        String mode = mode(before);
        add(
                mode,
                "succeeded",
                Fields.number(now.succeeded(), 0)
                        - Fields.number(before.status().succeeded(), 0));
        add(
                mode,
                "failed",
                Fields.number(now.failed(), 0) - Fields.number(before.status().failed(), 0));
        if (!JobPlan.isFinished(before)) {
            now.conditions().stream()
                    .filter(c -> "True".equals(c.status()))
                    .filter(c -> c.type().equals(JobPlan.COMPLETE) || c.type().equals(JobPlan.FAILED))
                    .forEach(c -> jobs.of(
                                    mode,
                                    c.type().equals(JobPlan.COMPLETE) ? "succeeded" : "failed",
                                    Fields.text(c.reason()))
                            .increment());
        }
    }

    /// Fewer successes than before mean that completed indexes were scaled away: a counter takes nothing back.
    private void add(String mode, String result, int number) {
        if (number > 0) {
            pods.of(mode, result).add(number);
        }
    }

    private static String mode(Job job) {
        return "Indexed".equals(job.spec().completionMode()) ? "Indexed" : "NonIndexed";
    }
}
