package io.gantry.controllermanager.job;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.replicaset.DeletionOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Which pods are to come and to go (upstream `manageJob`): either, never both at once. Pure.
///
/// @param next when more may come although nothing changes
record PodDemand(List<NewPod> creations, List<Pod> deletions, Optional<Instant> next) {
    /// A pod to make.
    ///
    /// @param failures of its index before it
    record NewPod(OptionalInt index, IndexFailures failures) {}

    static final PodDemand NONE = new PodDemand(List.of(), List.of(), Optional.empty());
    private static final int MAX_PER_SYNC = 500;

    static PodDemand of(JobView view, JobCounts counts) {
        if (!view.settled()) {
            return NONE;
        }
        if (view.isSuspended()) {
            return deleting(view.active());
        }
        List<Pod> active = view.active();
        int wanted = wanted(view, counts, active.size());
        List<Pod> surplus = surplus(view, active, Math.max(0, active.size() - wanted));
        if (!surplus.isEmpty()) {
            return deleting(surplus);
        }
        int waitedFor = view.replacesFailedOnly() ? view.terminating().size() : 0;
        int missing = Math.min(wanted - waitedFor - active.size(), MAX_PER_SYNC);
        return missing > 0 ? creating(view, counts, missing) : NONE;
    }

    private static PodDemand deleting(List<Pod> pods) {
        return new PodDemand(List.of(), pods.stream().limit(MAX_PER_SYNC).toList(), Optional.empty());
    }

    private static int wanted(JobView view, JobCounts counts, int active) {
        Integer completions = view.job().spec().completions();
        if (completions == null) {
            return counts.succeeded() > 0 ? active : view.parallelism();
        }
        int open = completions - counts.succeeded() - counts.failedIndexes().size();
        return Math.clamp(open, 0, view.parallelism());
    }

    /// Doubled and invalid indexes, then those that upstream would end first.
    private static List<Pod> surplus(JobView view, List<Pod> active, int atLeast) {
        List<Pod> ordered = active.stream()
                .sorted(DeletionOrder.over(List.of(), view.now()))
                .toList();
        List<Pod> surplus = new ArrayList<>();
        if (view.isIndexed()) {
            Set<Integer> seen = new HashSet<>();
            for (Pod pod : ordered.reversed()) {
                if (!view.hasValidIndex(pod) || !seen.add(JobPod.index(pod))) {
                    surplus.add(pod);
                }
            }
        }
        for (Pod pod : ordered) {
            if (surplus.size() < atLeast && !surplus.contains(pod)) {
                surplus.add(pod);
            }
        }
        return surplus;
    }

    private static PodDemand creating(JobView view, JobCounts counts, int missing) {
        if (view.countsPerIndex()) {
            return perIndex(view, counts, missing);
        }
        Instant allowed = JobBackoff.end(view);
        if (allowed.isAfter(view.now())) {
            return new PodDemand(List.of(), List.of(), Optional.of(allowed));
        }
        List<NewPod> creations = new ArrayList<>();
        if (view.isIndexed()) {
            openIndexes(view, counts).stream()
                    .limit(missing)
                    .forEach(index -> creations.add(new NewPod(OptionalInt.of(index), IndexFailures.NONE)));
        } else {
            for (int i = 0; i < missing; i++) {
                creations.add(new NewPod(OptionalInt.empty(), IndexFailures.NONE));
            }
        }
        return new PodDemand(creations, List.of(), Optional.empty());
    }

    /// Each index waits for itself alone.
    private static PodDemand perIndex(JobView view, JobCounts counts, int missing) {
        List<NewPod> creations = new ArrayList<>();
        Optional<Instant> next = Optional.empty();
        for (int index : openIndexes(view, counts)) {
            Optional<Pod> failed = IndexFailures.awaiting(view, counts, index);
            Instant allowed = failed.map(p -> JobBackoff.end(view, p)).orElse(Instant.EPOCH);
            if (allowed.isAfter(view.now())) {
                next = next.filter(n -> n.isBefore(allowed)).or(() -> Optional.of(allowed));
            } else if (creations.size() < missing) {
                creations.add(new NewPod(
                        OptionalInt.of(index),
                        failed.map(p -> IndexFailures.after(view.job(), p)).orElse(IndexFailures.NONE)));
            }
        }
        return new PodDemand(creations, List.of(), next);
    }

    /// Indexes without a success, a last failure, or a pod, from the lowest.
    private static List<Integer> openIndexes(JobView view, JobCounts counts) {
        Set<Integer> taken = new TreeSet<>(counts.completed());
        taken.addAll(counts.failedIndexes());
        view.active().forEach(p -> taken.add(JobPod.index(p)));
        if (view.replacesFailedOnly()) {
            view.terminating().forEach(p -> taken.add(JobPod.index(p)));
        }
        List<Integer> open = new ArrayList<>();
        for (int index = 0; index < view.completions(); index++) {
            if (!taken.contains(index)) {
                open.add(index);
            }
        }
        return open;
    }
}
