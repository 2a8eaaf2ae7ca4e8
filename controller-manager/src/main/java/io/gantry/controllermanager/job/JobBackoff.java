package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// How long new pods wait after failures: ten seconds, then twice as long each time, at most ten minutes (upstream
/// `pkg/controller/job/backoff_utils.go`). Read from the pods, so that a restart forgets nothing. Pure.
final class JobBackoff {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;

    private JobBackoff() {}

    /// When the Job may make pods again: after the failures since the last success.
    static Instant end(JobView view) {
        Instant lastSuccess = view.pods().stream()
                .filter(p -> Pods.phase(p).equals("Succeeded"))
                .map(JobBackoff::endOf)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        List<Instant> failures = view.pods().stream()
                .filter(view::isFailed)
                .map(JobBackoff::endOf)
                .filter(at -> at.isAfter(lastSuccess))
                .sorted()
                .toList();
        return failures.isEmpty() ? Instant.EPOCH : after(failures.getLast(), failures.size());
    }

    /// When a failed pod of an index may be replaced.
    static Instant end(JobView view, Pod failed) {
        return after(endOf(failed), IndexFailures.after(view.job(), failed).all());
    }

    private static Instant after(Instant last, int failures) {
        long millis = FIRST.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
        return last.plusMillis(Math.min(millis, LONGEST.toMillis()));
    }

    /// When its last container ended; of a pod that never ran, when it was to go, or came.
    static Instant endOf(Pod pod) {
        return Stream.concat(pod.status().containerStatuses().stream(), pod.status().initContainerStatuses().stream())
                .map(ContainerStatus::state)
                .filter(Objects::nonNull)
                .filter(s -> s.terminated() != null)
                .map(s -> time(s.terminated().finishedAt()))
                .max(Instant::compareTo)
                .orElseGet(() -> endWithoutContainers(pod));
    }

    private static Instant endWithoutContainers(Pod pod) {
        if (Pods.isTerminating(pod)) {
            return time(pod.metadata().deletionTimestamp())
                    .minusSeconds(number(pod.metadata().deletionGracePeriodSeconds()));
        }
        return time(Pods.condition(pod, "Ready")
                .map(c -> c.lastTransitionTime())
                .orElse(pod.metadata().creationTimestamp()));
    }
}
