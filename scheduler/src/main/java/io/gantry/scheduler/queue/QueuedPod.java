package io.gantry.scheduler.queue;

import io.gantry.scheduler.framework.Queued;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.Set;

/// A pod in the queue or on its way through a cycle.
///
/// @param pod its newest state
/// @param sequence order of arrival, which decides among pods of one priority
/// @param attempts how often it was tried
/// @param rejectedBy plugins that rejected it last; empty when it failed for another reason
/// @param sinceNanos when it last entered a part of the queue, on the queue's clock
/// @param readyNanos until when it is backed off
/// @param promisedNode where preemption makes room for it; empty for nowhere
/// @param seenEvents how many cluster events had happened when its last try began
public record QueuedPod(
        PodInfo pod,
        long sequence,
        int attempts,
        Set<String> rejectedBy,
        long sinceNanos,
        long readyNanos,
        String promisedNode,
        long seenEvents)
        implements Queued {
    public QueuedPod {
        rejectedBy = Set.copyOf(rejectedBy);
    }

    QueuedPod withPod(PodInfo newer) {
        return new QueuedPod(newer, sequence, attempts, rejectedBy, sinceNanos, readyNanos, promisedNode, seenEvents);
    }

    /// A try begins.
    QueuedPod tried(long events) {
        return new QueuedPod(pod, sequence, attempts + 1, rejectedBy, sinceNanos, readyNanos, promisedNode, events);
    }

    /// A try ended without a node.
    QueuedPod back(PodInfo newest, Set<String> plugins, String promised, long now, long ready) {
        return new QueuedPod(newest, sequence, attempts, plugins, now, ready, promised, seenEvents);
    }
}
