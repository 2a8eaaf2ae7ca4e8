package io.gantry.controllermanager.resourcequota;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;

/// Which changes of a pod let quotas count it anew (upstream `pkg/quota/v1/install/update_filter.go`): it ended or its
/// deletion is overdue, it came to another scope, or its containers were resized.
final class Replenished {
    private Replenished() {}

    static BiPredicate<Pod, Pod> pod(Clock clock) {
        return (before, now) -> {
            Instant at = clock.instant();
            return counts(before, at) && !counts(now, at)
                    || isTerminating(before) != isTerminating(now)
                    || isResized(
                            before.status().containerStatuses(), now.status().containerStatuses())
                    || isResized(
                            before.status().initContainerStatuses(),
                            now.status().initContainerStatuses());
        };
    }

    private static boolean counts(Pod pod, Instant at) {
        Instant deletion = pod.metadata().deletionTimestamp();
        Long grace = pod.metadata().deletionGracePeriodSeconds();
        boolean overdue = deletion != null && grace != null && at.isAfter(deletion.plusSeconds(grace));
        return !Pods.isFinished(pod) && !overdue;
    }

    private static boolean isTerminating(Pod pod) {
        Long deadline = pod.spec().activeDeadlineSeconds();
        return deadline != null && deadline >= 0;
    }

    private static boolean isResized(List<ContainerStatus> before, List<ContainerStatus> now) {
        return before.stream()
                .anyMatch(old -> now.stream()
                        .filter(status -> text(status.name()).equals(text(old.name())))
                        .anyMatch(status -> !Objects.equals(status.resources(), old.resources())));
    }
}
