package io.gantry.scheduler.queue;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.PreEnqueuePlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.queue.SchedulingQueue.Incoming;
import io.gantry.scheduler.queue.SchedulingQueue.Rejection;
import io.gantry.scheduler.queue.SchedulingQueue.Sizes;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pods that wait, each in one part of the queue, and their ways from part to part. A pod that plugins do not let
/// in is `gated`, beside the parts that [SchedulingQueue] names.
///
/// Not thread-safe: the queue's lock guards it.
final class QueueParts {
    private static final Duration FLUSH_AFTER = SchedulingQueue.FLUSH_AFTER;
    private static final String ACTIVE = "active";
    private static final String UPDATE = "UnschedulablePodUpdate";

    private final Profiles profiles;
    private final QueueingHints hints;
    private final LongSupplier clockNanos;
    private final TreeSet<QueuedPod> active;
    private final BackoffPods backoff = new BackoffPods();
    private final WaitingPods unschedulable = new WaitingPods();
    private final Map<String, QueuedPod> gated = new LinkedHashMap<>();
    private final Map<String, QueuedPod> known = new HashMap<>();
    private Incoming incoming = (part, event) -> {};

    QueueParts(Profiles profiles, QueueingHints hints, LongSupplier clockNanos) {
        this.profiles = profiles;
        this.hints = hints;
        this.clockNanos = clockNanos;
        this.active = new TreeSet<>(profiles.queueSort().order());
    }

    void report(Incoming listener) {
        incoming = listener;
    }

    Sizes sizes() {
        return new Sizes(active.size(), backoff.size(), unschedulable.size(), gated.size());
    }

    /// How many pods wait for each reason.
    Map<Rejection, Integer> rejections() {
        Map<Rejection, Integer> counts = new HashMap<>();
        for (QueuedPod queued : known.values()) {
            Profile profile = profiles.of(queued.pod());
            Stream<String> plugins = gated.containsKey(queued.pod().uid())
                    ? profile.preEnqueue().stream()
                            .filter(plugin -> !plugin.ready(queued.pod()))
                            .map(PreEnqueuePlugin::name)
                    : queued.rejectedBy().stream();
            plugins.forEach(plugin -> counts.merge(new Rejection(plugin, profile.schedulerName()), 1, Integer::sum));
        }
        return counts;
    }

    /// The pod where it waits; null where it does not.
    @Nullable
    QueuedPod find(String uid) {
        return known.get(uid);
    }

    /// Whether [#takeNext] has one.
    boolean hasNext() {
        return !active.isEmpty() || backoff.early().isPresent();
    }

    /// Takes out the next pod to try: the first active one, or without any the one whose back-off ends first.
    Optional<QueuedPod> takeNext() {
        Optional<QueuedPod> next = active.isEmpty() ? earlyFromBackoff() : Optional.of(active.removeFirst());
        next.ifPresent(queued -> known.remove(queued.pod().uid()));
        return next;
    }

    private Optional<QueuedPod> earlyFromBackoff() {
        Optional<QueuedPod> early = backoff.early();
        early.ifPresent(queued -> {
            backoff.remove(queued);
            incoming.entered(ACTIVE, "PopFromBackoffQ");
        });
        return early;
    }

    /// Lets a pod in where all plugins do.
    void place(QueuedPod queued, String event) {
        boolean ready = true;
        for (PreEnqueuePlugin plugin : profiles.of(queued.pod()).preEnqueue()) {
            ready &= plugin.ready(queued.pod());
        }
        if (ready) {
            activate(queued, event);
        } else {
            known.put(queued.pod().uid(), queued);
            gated.put(queued.pod().uid(), queued);
        }
    }

    /// Pods that a claim may have been missing to.
    void lookAtGatedAgain() {
        for (QueuedPod queued : List.copyOf(gated.values())) {
            if (!queued.pod().pod().spec().resourceClaims().isEmpty()) {
                gated.remove(queued.pod().uid());
                known.remove(queued.pod().uid());
                place(queued, "ResourceClaimAdd");
            }
        }
    }

    /// Puts the newer state of a pod in place of the one that waits.
    ///
    /// @param before what the pod was
    void replace(QueuedPod old, QueuedPod fresh, PodInfo before) {
        String uid = fresh.pod().uid();
        if (gated.remove(uid) != null) {
            known.remove(uid);
            place(fresh, UPDATE);
        } else if (unschedulable.contains(uid)) {
            known.put(uid, fresh);
            unschedulable.put(fresh);
            if (QueueingHints.matters(before, fresh.pod())
                    && hints.help(new ClusterEvent.PodItself(before, fresh.pod()), fresh)) {
                wake(fresh, UPDATE);
            }
        } else {
            known.put(uid, fresh);
            if (active.remove(old)) {
                active.add(fresh);
            } else {
                backoff.remove(old);
                backoff.add(fresh);
            }
        }
    }

    /// An event came: the pods that it may help are tried again.
    void wake(ClusterEvent event) {
        unschedulable
                .wokenBy(event, queued -> hints.help(event, queued))
                .forEach(queued -> wake(queued, event.label()));
    }

    /// A pod needs no node any more: another one that waits for the same is tried.
    void wakeNextAfter(PodInfo pod) {
        unschedulable.nextAfter(pod.uid()).ifPresent(next -> wake(next, "ForceActivate"));
    }

    private void wake(QueuedPod queued, String event) {
        unschedulable.remove(queued.pod().uid());
        if (queued.readyNanos() - clockNanos.getAsLong() > 0) {
            backOff(queued, event);
        } else {
            activate(queued, event);
        }
    }

    private void activate(QueuedPod queued, String event) {
        known.put(queued.pod().uid(), queued);
        active.add(queued);
        incoming.entered(ACTIVE, event);
    }

    /// The pod is tried again when its time is up.
    void backOff(QueuedPod queued, String event) {
        known.put(queued.pod().uid(), queued);
        backoff.add(queued);
        incoming.entered("backoff", event);
    }

    /// The pod waits for an event that helps.
    void park(QueuedPod queued, String event) {
        known.put(queued.pod().uid(), queued);
        unschedulable.put(queued);
        incoming.entered("unschedulable", event);
    }

    void remove(String uid) {
        QueuedPod queued = known.remove(uid);
        if (queued != null) {
            active.remove(queued);
            backoff.remove(queued);
            unschedulable.remove(uid);
            gated.remove(uid);
        }
    }

    /// Moves the pods whose time is up; true where any waited for an event until now.
    boolean flush(long now) {
        for (QueuedPod ready : backoff.takeReady(now)) {
            active.add(ready);
            incoming.entered(ACTIVE, "BackoffComplete");
        }
        List<QueuedPod> old = new ArrayList<>();
        for (QueuedPod queued : unschedulable.all()) {
            if (now - queued.sinceNanos() < FLUSH_AFTER.toNanos()) {
                break;
            }
            old.add(queued);
        }
        old.forEach(queued -> wake(queued, "UnschedulableTimeout"));
        return !old.isEmpty();
    }

    /// When a time is up for a pod, from now.
    long untilTimed(long now) {
        long until = backoff.untilReady(now);
        if (!unschedulable.isEmpty()) {
            long flush = unschedulable.all().iterator().next().sinceNanos() + FLUSH_AFTER.toNanos() - now;
            until = Math.min(until, flush);
        }
        return until;
    }
}
