package io.gantry.controllermanager.nodelifecycle;

import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.Toleration;
import io.gantry.api.core.v1.pod.Tolerations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When a pod must leave a node with NoExecute taints (upstream `pkg/controller/tainteviction`).
final class EvictionPlan {
    private EvictionPlan() {}

    /// Empty when it may stay for good; a time in the past when it must go now. Of several tolerations with a limit the
    /// shortest counts, from when the taint was set.
    ///
    /// @param seen when the taints were first seen, which counts for those that do not say when they were set
    static Optional<Instant> deadline(List<Taint> taints, List<Toleration> tolerations, Instant seen) {
        Optional<Instant> earliest = Optional.empty();
        for (Taint taint : taints) {
            if (!taint.effect().equals("NoExecute")) {
                continue;
            }
            List<Toleration> matching = tolerations.stream()
                    .filter(t -> Tolerations.tolerates(t, taint))
                    .toList();
            if (matching.isEmpty()) {
                return Optional.of(Instant.EPOCH);
            }
            Optional<Long> seconds = matching.stream()
                    .map(Toleration::tolerationSeconds)
                    .filter(s -> s != null)
                    .map(s -> Math.max(0L, s))
                    .min(Long::compare);
            if (seconds.isPresent()) {
                Instant since = taint.timeAdded() == null ? seen : time(taint.timeAdded());
                Instant end = since.plusSeconds(seconds.get());
                earliest = earliest.filter(e -> e.isBefore(end)).or(() -> Optional.of(end));
            }
        }
        return earliest;
    }
}
