package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// What trying out preemption on one node came to.
sealed interface Candidate {
    /// Nothing that could be removed makes room.
    ///
    /// @param verdict why, in upstream's words
    record None(Verdict.Rejected verdict) implements Candidate {
        static final None NO_VICTIMS =
                new None(new Verdict.Rejected(List.of("No preemption victims found for incoming pod"), false));
    }

    /// Room can be made by removing pods. The natural order has the cheapest first: fewest broken
    /// budgets, lowest highest priority, lowest sum of priorities, fewest victims, latest start. Among
    /// equals the first one found is taken; since the look begins anywhere, victims are spread over the
    /// nodes.
    ///
    /// @param node where
    /// @param victims the pods to remove, most important first
    /// @param broken how many of them a disruption budget would protect
    /// @param highest the highest priority among the victims
    /// @param priorities the sum of their priorities, each above the lowest there is
    /// @param started when the most important one started
    record Room(String node, List<PodInfo> victims, int broken, int highest, long priorities, Instant started)
            implements Candidate, Comparable<Room> {
        static Room of(String node, List<PodInfo> victims, int broken) {
            PodInfo first = victims.getFirst();
            long sum = 0;
            Instant earliest = Instant.MAX;
            for (PodInfo victim : victims) {
                sum += (long) victim.priority() - Integer.MIN_VALUE;
                boolean counts = victim.priority() == first.priority()
                        && startTime(victim).isBefore(earliest);
                earliest = counts ? startTime(victim) : earliest;
            }
            return new Room(node, List.copyOf(victims), broken, first.priority(), sum, earliest);
        }

        @Override
        public int compareTo(Room other) {
            int byBudgets = Integer.compare(broken, other.broken);
            int byHighest = byBudgets == 0 ? Integer.compare(highest, other.highest) : byBudgets;
            int bySum = byHighest == 0 ? Long.compare(priorities, other.priorities) : byHighest;
            int byCount = bySum == 0 ? Integer.compare(victims.size(), other.victims.size()) : bySum;
            return byCount == 0 ? other.started.compareTo(started) : byCount;
        }
    }

    /// Of higher priority first; among equals the one that runs longest.
    Comparator<PodInfo> MORE_IMPORTANT_FIRST =
            Comparator.comparingInt(PodInfo::priority).reversed().thenComparing(Candidate::startTime);

    private static Instant startTime(PodInfo pod) {
        Instant start = pod.pod().status().startTime();
        return start == null ? Instant.MAX : start;
    }
}
