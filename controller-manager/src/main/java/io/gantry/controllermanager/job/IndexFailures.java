package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.core.v1.pod.Pod;
import java.util.Comparator;
import java.util.Optional;

/// How often an index has failed: each pod carries the counts of those before it (upstream
/// `pkg/controller/job/indexed_job_utils.go`).
///
/// @param counted failures that count toward `backoffLimitPerIndex`
/// @param ignored failures that the failure policy ignores
record IndexFailures(int counted, int ignored) {
    static final String COUNTED = "batch.kubernetes.io/job-index-failure-count";
    static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";
    static final IndexFailures NONE = new IndexFailures(0, 0);

    /// The failures before this pod.
    static IndexFailures before(Pod pod) {
        return new IndexFailures(annotation(pod, COUNTED), annotation(pod, IGNORED));
    }

    private static int annotation(Pod pod, String name) {
        try {
            return Integer.parseInt(text(pod.metadata().annotations().get(name)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// With this failed pod.
    static IndexFailures after(Job job, Pod failed) {
        IndexFailures before = before(failed);
        return FailurePolicy.of(job, failed).counts()
                ? new IndexFailures(before.counted + 1, before.ignored)
                : new IndexFailures(before.counted, before.ignored + 1);
    }

    int all() {
        return counted + ignored;
    }

    /// Whether the failure of this pod is the end of its index.
    static boolean isLast(Job job, Pod failed) {
        FailurePolicy policy = FailurePolicy.of(job, failed);
        return policy.action().equals("FailIndex")
                || policy.counts()
                        && before(failed).counted() >= number(job.spec().backoffLimitPerIndex());
    }

    /// The failed pod that waits to be replaced: it keeps its finalizer, lest its counts be lost.
    static Optional<Pod> awaiting(JobView view, JobCounts counts, int index) {
        if (!view.countsPerIndex()
                || counts.completed().contains(index)
                || counts.failedIndexes().contains(index)
                || JobView.holds(view.active(), index)) {
            return Optional.empty();
        }
        return view.pods().stream()
                .filter(p -> JobPod.isTracked(p) && JobPod.index(p) == index && view.isFailed(p))
                .max(Comparator.comparingInt(p -> before(p).all()));
    }
}
