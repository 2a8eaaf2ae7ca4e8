package io.gantry.scheduler.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Pods whose back-off runs, in the order in which it ends. Not thread-safe: [SchedulingQueue]'s lock guards it.
final class BackoffPods {
    private static final Comparator<QueuedPod> BY_READINESS =
            Comparator.comparingLong(QueuedPod::readyNanos).thenComparingLong(QueuedPod::sequence);

    private final TreeSet<QueuedPod> pods = new TreeSet<>(BY_READINESS);

    void add(QueuedPod queued) {
        pods.add(queued);
    }

    void remove(QueuedPod queued) {
        pods.remove(queued);
    }

    int size() {
        return pods.size();
    }

    /// Takes those whose time is up.
    List<QueuedPod> takeReady(long now) {
        List<QueuedPod> ready = new ArrayList<>();
        while (!pods.isEmpty() && pods.first().readyNanos() - now <= 0) {
            ready.add(pods.removeFirst());
        }
        return ready;
    }

    /// The first that need not wait out its time when there is nothing else to do: one that no node would take and an
    /// event helped (KEP-5142). One that failed with an error waits.
    Optional<QueuedPod> early() {
        return pods.stream().filter(queued -> !queued.rejectedBy().isEmpty()).findFirst();
    }

    /// How long until the first is ready, from now; [Long#MAX_VALUE] when there is none.
    long untilReady(long now) {
        return pods.isEmpty() ? Long.MAX_VALUE : pods.first().readyNanos() - now;
    }
}
