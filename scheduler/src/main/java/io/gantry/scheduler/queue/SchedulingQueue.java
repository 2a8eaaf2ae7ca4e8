package io.gantry.scheduler.queue;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Pods that wait for a node, in three parts: `active` pods are tried in order of priority, then
/// arrival; `backoff` pods become active after a time; `unschedulable` pods wait for an event that one
/// of the plugins that rejected them takes for helpful, at most [#FLUSH_AFTER].
///
/// A pod that was taken stays known until [#rejected], [#failed] or [#done]; what happens meanwhile is
/// not lost. Thread-safe: one private lock guards all state.
public final class SchedulingQueue implements AutoCloseable {
    static final Duration FLUSH_AFTER = Duration.ofMinutes(5);

    private static final String FAILURE = "ScheduleAttemptFailure";

    private final QueueingHints hints;
    private final Backoff limits;
    private final LongSupplier clockNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final QueueParts parts;
    private final Map<String, PodInfo> inFlight = new HashMap<>();
    private final RecentEvents events = new RecentEvents();
    private long nextSequence;
    private boolean closed;

    /// @param clockNanos a monotonic clock, `System::nanoTime` outside tests
    public SchedulingQueue(Profiles profiles, Backoff limits, LongSupplier clockNanos) {
        this.hints = new QueueingHints(profiles);
        this.limits = limits;
        this.clockNanos = clockNanos;
        this.parts = new QueueParts(profiles, hints, clockNanos);
    }

    /// How long a pod that failed waits: `first`, then twice as long each time, up to `max`.
    public record Backoff(Duration first, Duration max) {
        public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

        long nanos(int attempts) {
            long nanos = first.toNanos();
            for (int i = 1; i < attempts && nanos < max.toNanos(); i++) {
                nanos *= 2;
            }
            return Math.min(nanos, max.toNanos());
        }
    }

    /// Told of each pod that comes to a part of the queue, under the queue's lock.
    @FunctionalInterface
    public interface Incoming {
        /// @param part `active`, `backoff` or `unschedulable`
        /// @param event why, as upstream labels it
        void entered(String part, String event);
    }

    /// Has somebody told from now on.
    public void report(Incoming listener) {
        locked(() -> parts.report(listener));
    }

    /// How many pods wait in each part.
    public record Sizes(int active, int backoff, int unschedulable, int gated) {}

    /// Why pods wait.
    ///
    /// @param plugin that rejected them, or does not let them in
    /// @param profile by which they are scheduled
    public record Rejection(String plugin, String profile) {}

    /// How many pods wait for each reason; one that several plugins rejected waits for each of them.
    public Map<Rejection, Integer> rejections() {
        lock.lock();
        try {
            return parts.rejections();
        } finally {
            lock.unlock();
        }
    }

    /// A pod without a node appeared.
    public void add(PodInfo pod) {
        locked(() -> {
            parts.remove(pod.uid());
            parts.place(
                    new QueuedPod(pod, nextSequence++, 0, Set.of(), clockNanos.getAsLong(), 0, "", 0),
                    "UnschedulablePodAdd");
        });
    }

    /// A pod without a node was changed.
    public void update(PodInfo before, PodInfo after) {
        locked(() -> {
            if (inFlight.replace(after.uid(), after) != null) {
                if (QueueingHints.matters(before, after)) {
                    events.add(new ClusterEvent.PodItself(before, after));
                }
                return;
            }
            QueuedPod queued = parts.find(after.uid());
            if (queued == null) {
                add(after);
                return;
            }
            parts.replace(queued, queued.withPod(after), before);
        });
    }

    /// The pod is gone, or has a node.
    public void delete(PodInfo pod) {
        locked(() -> {
            parts.remove(pod.uid());
            inFlight.remove(pod.uid());
            parts.wakeNextAfter(pod);
        });
    }

    /// The next pod to try, which is the caller's until it calls [#rejected], [#failed] or [#done];
    /// empty once closed. Blocks.
    public Optional<QueuedPod> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long now = clockNanos.getAsLong();
                Optional<QueuedPod> next = next(now);
                if (next.isPresent()) {
                    return next;
                }
                await(now);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// The same without waiting: empty when there is none now.
    public Optional<QueuedPod> poll() {
        lock.lock();
        try {
            return next(clockNanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    private Optional<QueuedPod> next(long now) {
        if (parts.flush(now)) {
            changed.signal();
        }
        return parts.takeNext().map(queued -> {
            inFlight.put(queued.pod().uid(), queued.pod());
            return queued.tried(events.total());
        });
    }

    /// How long until [#poll] has a pod, as things are; empty when no time brings one.
    public Optional<Duration> nextDelay() {
        lock.lock();
        try {
            long now = clockNanos.getAsLong();
            long nanos = parts.hasNext() ? 0 : parts.untilTimed(now);
            return nanos == Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, nanos)));
        } finally {
            lock.unlock();
        }
    }

    /// No node would do: the pod waits for an event that helps, or is backed off when one came during
    /// the try.
    ///
    /// @param promisedNode where preemption makes room for it; empty for nowhere
    public void rejected(QueuedPod tried, Set<String> rejectedBy, String promisedNode) {
        locked(() -> {
            PodInfo newest = inFlight.remove(tried.pod().uid());
            if (newest == null) {
                return;
            }
            long now = clockNanos.getAsLong();
            QueuedPod queued = tried.back(newest, rejectedBy, promisedNode, now, now + limits.nanos(tried.attempts()));
            boolean helped = events.anySince(tried.seenEvents(), event -> hints.help(event, queued));
            trimEvents();
            if (helped) {
                parts.backOff(queued, FAILURE);
            } else {
                parts.park(queued, FAILURE);
            }
        });
    }

    /// Something went wrong on the way: the pod is tried again after a back-off, unless it is gone or got a node
    /// meanwhile.
    public void failed(QueuedPod tried) {
        locked(() -> {
            PodInfo newest = inFlight.remove(tried.pod().uid());
            trimEvents();
            if (newest == null) {
                return;
            }
            parts.remove(newest.uid());
            long now = clockNanos.getAsLong();
            parts.backOff(tried.back(newest, Set.of(), "", now, now + limits.nanos(tried.attempts())), FAILURE);
            parts.wakeNextAfter(newest);
        });
    }

    /// The pod has a node, which is yet to be written: what helped it may help others like it.
    public void placed(PodInfo pod) {
        locked(() -> parts.wakeNextAfter(pod));
    }

    /// The pod needs no further try.
    public void done(PodInfo pod) {
        locked(() -> {
            inFlight.remove(pod.uid());
            parts.wakeNextAfter(pod);
            trimEvents();
        });
    }

    /// Something changed in the cluster: pods that it may help are tried again.
    public void notify(ClusterEvent event) {
        locked(() -> {
            if (!inFlight.isEmpty()) {
                events.add(event);
            }
            if (event instanceof ClusterEvent.DeviceClaimChanged) {
                parts.lookAtGatedAgain();
            }
            parts.wake(event);
        });
    }

    /// Whether the pod is known and has no try running.
    public boolean waits(PodInfo pod) {
        lock.lock();
        try {
            return parts.find(pod.uid()) != null;
        } finally {
            lock.unlock();
        }
    }

    public Sizes sizes() {
        lock.lock();
        try {
            return parts.sizes();
        } finally {
            lock.unlock();
        }
    }

    /// Wakes [#take], which then returns nothing.
    @Override
    public void close() {
        locked(() -> closed = true);
    }

    private void await(long now) throws InterruptedException {
        long until = parts.untilTimed(now);
        if (until == Long.MAX_VALUE) {
            changed.await();
        } else {
            changed.await(Math.max(1, until), TimeUnit.NANOSECONDS);
        }
    }

    private void trimEvents() {
        if (inFlight.isEmpty()) {
            events.clear();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
