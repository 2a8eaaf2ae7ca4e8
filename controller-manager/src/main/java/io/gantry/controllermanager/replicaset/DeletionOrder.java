package io.gantry.controllermanager.replicaset;

import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which pods go first when a set shrinks (upstream `ActivePodsWithRanks`): those that lose least.
public final class DeletionOrder {
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    private DeletionOrder() {}

    /// @param related pods that tell how many of the kind each node has
    public static Comparator<Pod> over(List<Pod> related, Instant now) {
        Map<String, Integer> onNode = new HashMap<>();
        for (Pod pod : related) {
            if (Pods.isActive(pod)) {
                onNode.merge(text(pod.spec().nodeName()), 1, Integer::sum);
            }
        }
        return Comparator.comparing(Pods::isAssigned)
                .thenComparing(DeletionOrder::phaseRank)
                .thenComparing(Pods::isReady)
                .thenComparing(DeletionOrder::cost)
                .thenComparing(pod -> -onNode.getOrDefault(text(pod.spec().nodeName()), 0))
                .thenComparing(pod -> Pods.isReady(pod) ? magnitude(Pods.readySince(pod), now) : 0)
                .thenComparing(pod -> -Pods.maxRestarts(pod))
                .thenComparing(pod -> -Pods.maxSidecarRestarts(pod))
                .thenComparing(pod -> magnitude(time(pod.metadata().creationTimestamp()), now))
                .thenComparing(pod -> text(pod.metadata().uid()));
    }

    private static int phaseRank(Pod pod) {
        return switch (Pods.phase(pod)) {
            case "", "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    private static int cost(Pod pod) {
        try {
            return Integer.parseInt(pod.metadata().annotations().getOrDefault(COST, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// Ages on a scale of powers of two: pods of about the same age count as equal, the younger go first; an unknown
    /// time goes before all.
    private static int magnitude(Instant since, Instant now) {
        if (since.equals(Instant.EPOCH)) {
            return -1;
        }
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        return 64 - Long.numberOfLeadingZeros(seconds);
    }
}
