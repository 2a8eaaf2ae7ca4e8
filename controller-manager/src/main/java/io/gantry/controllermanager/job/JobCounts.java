package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a Job has come to: results counted before, noted, and found now. Pure.
///
/// @param succeeded all successes; of an indexed Job its completed indexes
/// @param failed all failures that count
/// @param completed indexes with a success
/// @param failedIndexes indexes that have failed for good; empty without limits per index
record JobCounts(int succeeded, int failed, SortedSet<Integer> completed, SortedSet<Integer> failedIndexes) {

    static JobCounts of(JobView view) {
        int succeeded =
                number(view.job().status().succeeded()) + view.notedSucceeded().size();
        int failed = number(view.job().status().failed()) + view.notedFailed().size();
        SortedSet<Integer> completed =
                view.isIndexed() ? indexes(text(view.job().status().completedIndexes()), view) : new TreeSet<>();
        SortedSet<Integer> failedIndexes =
                view.countsPerIndex() ? indexes(text(view.job().status().failedIndexes()), view) : new TreeSet<>();
        for (Pod pod : view.pods()) {
            if (isNew(view, pod) && Pods.phase(pod).equals("Succeeded")) {
                succeeded++;
                completed.addAll(view.isIndexed() ? Set.of(JobPod.index(pod)) : Set.of());
            } else if (isNew(view, pod) && view.isFailed(pod)) {
                failed += FailurePolicy.of(view.job(), pod).counts() ? 1 : 0;
                if (view.countsPerIndex() && IndexFailures.isLast(view.job(), pod)) {
                    failedIndexes.add(JobPod.index(pod));
                }
            }
        }
        failedIndexes.removeAll(completed);
        return new JobCounts(view.isIndexed() ? completed.size() : succeeded, failed, completed, failedIndexes);
    }

    /// Indexes that the Job has no more, after it was made smaller, do not count.
    private static SortedSet<Integer> indexes(String text, JobView view) {
        return new TreeSet<>(Indexes.parse(text).headSet(view.completions()));
    }

    private static boolean isNew(JobView view, Pod pod) {
        String uid = Owners.uid(pod);
        return JobPod.isTracked(pod)
                && view.hasValidIndex(pod)
                && !view.notedFailed().contains(uid)
                && !view.notedSucceeded().contains(uid);
    }

    static Map<String, Pod> byUid(JobView view) {
        return view.pods().stream().collect(Collectors.toMap(Owners::uid, Function.identity(), (a, b) -> a));
    }
}
