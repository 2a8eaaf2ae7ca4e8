package io.gantry.scheduler.queue;

import io.gantry.scheduler.framework.ClusterEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/// Events that happened while pods were being tried, at most [#MAX_EVENTS]: of older ones it is assumed that
/// they help.
final class RecentEvents {
    private static final int MAX_EVENTS = 2000;

    private final Deque<ClusterEvent> events = new ArrayDeque<>();
    private long total;

    void add(ClusterEvent event) {
        events.addLast(event);
        total++;
        if (events.size() > MAX_EVENTS) {
            events.removeFirst();
        }
    }

    /// How many events there have been.
    long total() {
        return total;
    }

    /// Whether any event after the first `seen` ones meets the condition, or is no longer known.
    boolean anySince(long seen, Predicate<ClusterEvent> condition) {
        long first = total - events.size();
        if (seen < first) {
            return true;
        }
        return events.stream().skip(seen - first).anyMatch(condition);
    }

    void clear() {
        events.clear();
    }
}
