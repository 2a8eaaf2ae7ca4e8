package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.batch.v1.job.UncountedTerminatedPods;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which results are noted, which are counted, and whose finalizer may go: a finished pod is first noted by uid in the
/// status, then loses its finalizer, then is counted, so that each result counts once whatever crashes in between. A
/// success of an indexed Job needs no note: its index is one. Pure.
///
/// @param release pods whose finalizer may go once the status is written
record PodNotes(
        Set<String> succeeded,
        Set<String> failed,
        int countedSucceeded,
        int countedFailed,
        SortedSet<Integer> completed,
        List<Pod> release) {
    /// As many are noted at a time, lest the status grow without bounds.
    private static final int MAX_NOTED = 500;

    static PodNotes of(JobView view, JobCounts counts, Optional<JobEnd> end) {
        Map<String, Pod> pods = JobCounts.byUid(view);
        Set<String> succeeded = new LinkedHashSet<>();
        Set<String> failed = new LinkedHashSet<>();
        int countedSucceeded = number(view.job().status().succeeded());
        int countedFailed = number(view.job().status().failed());
        UncountedTerminatedPods noted = view.job().status().uncountedTerminatedPods();
        if (noted != null) {
            noted.succeeded().stream().filter(uid -> isTracked(pods, uid)).forEach(succeeded::add);
            noted.failed().stream().filter(uid -> isTracked(pods, uid)).forEach(failed::add);
            countedSucceeded += noted.succeeded().size() - succeeded.size();
            countedFailed += noted.failed().size() - failed.size();
        }
        SortedSet<Integer> completed = new TreeSet<>(counts.completed());
        List<Pod> release = new ArrayList<>();
        for (Pod pod : view.pods()) {
            if (release.size() < MAX_NOTED && JobPod.isTracked(pod) && mayRelease(view, counts, pod, end)) {
                release.add(pod);
                note(view, pod, end, succeeded, failed);
            }
        }
        return new PodNotes(
                succeeded,
                failed,
                view.isIndexed() ? completed.size() : countedSucceeded,
                countedFailed,
                completed,
                release);
    }

    private static boolean isTracked(Map<String, Pod> pods, String uid) {
        Pod pod = pods.get(uid);
        return pod != null && JobPod.isTracked(pod);
    }

    private static boolean mayRelease(JobView view, JobCounts counts, Pod pod, Optional<JobEnd> end) {
        if (end.isPresent() || Pods.phase(pod).equals("Succeeded")) {
            return true;
        }
        return view.isFailed(pod)
                && IndexFailures.awaiting(view, counts, JobPod.index(pod))
                        .filter(waiting -> Owners.uid(waiting).equals(Owners.uid(pod)))
                        .isEmpty();
    }

    private static void note(JobView view, Pod pod, Optional<JobEnd> end, Set<String> succeeded, Set<String> failed) {
        String uid = Owners.uid(pod);
        if (Pods.phase(pod).equals("Succeeded") && !failed.contains(uid)) {
            if (!view.isIndexed()) {
                succeeded.add(uid);
            }
            return;
        }
        boolean lost = view.isFailed(pod) || end.filter(e -> !e.success()).isPresent();
        if (lost && view.hasValidIndex(pod) && FailurePolicy.of(view.job(), pod).counts()) {
            failed.add(uid);
        }
    }

    UncountedTerminatedPods uncounted() {
        return new UncountedTerminatedPods(List.copyOf(succeeded), List.copyOf(failed));
    }

    boolean isEmpty() {
        return succeeded.isEmpty() && failed.isEmpty();
    }
}
