package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.flag;
import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A Job with its pods, as one sync sees them.
///
/// @param settled whether the cache shows all that was created and deleted before; else nothing more is
record JobView(Job job, List<Pod> pods, boolean settled, Instant now) {
    JobView {
        pods = List.copyOf(pods);
    }

    boolean isIndexed() {
        return text(job.spec().completionMode()).equals("Indexed");
    }

    boolean isSuspended() {
        return flag(job.spec().suspend());
    }

    /// Whether each index has a limit of failures of its own.
    boolean countsPerIndex() {
        return isIndexed() && job.spec().backoffLimitPerIndex() != null;
    }

    int completions() {
        return number(job.spec().completions(), 1);
    }

    int parallelism() {
        return number(job.spec().parallelism(), 1);
    }

    /// Whether a pod is replaced only once it has failed, not as soon as it is being deleted.
    boolean replacesFailedOnly() {
        return text(job.spec().podReplacementPolicy()).equals("Failed")
                || job.spec().podFailurePolicy() != null;
    }

    List<Pod> active() {
        return pods.stream().filter(Pods::isActive).toList();
    }

    List<Pod> terminating() {
        return pods.stream()
                .filter(p -> Pods.isTerminating(p) && !Pods.isFinished(p))
                .toList();
    }

    /// Failed, or going and never to end by itself.
    boolean isFailed(Pod pod) {
        if (Pods.phase(pod).equals("Failed")) {
            return true;
        }
        return !replacesFailedOnly()
                && Pods.isTerminating(pod)
                && !Pods.phase(pod).equals("Succeeded");
    }

    /// Whether the pod's index is one of the Job's; always true without indexes.
    boolean hasValidIndex(Pod pod) {
        int index = JobPod.index(pod);
        return !isIndexed() || index >= 0 && index < completions();
    }

    /// Whether the pods of the set hold the index.
    static boolean holds(List<Pod> pods, int index) {
        return pods.stream().anyMatch(p -> JobPod.index(p) == index);
    }

    /// The uids that the status has noted but not counted.
    Set<String> notedFailed() {
        return job.status().uncountedTerminatedPods() == null
                ? Set.of()
                : Set.copyOf(job.status().uncountedTerminatedPods().failed());
    }

    Set<String> notedSucceeded() {
        return job.status().uncountedTerminatedPods() == null
                ? Set.of()
                : Set.copyOf(job.status().uncountedTerminatedPods().succeeded());
    }
}
