package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.QueueSortPlugin;
import io.gantry.scheduler.framework.Queued;
import java.util.Comparator;

/// The pod of the highest priority first; among equals the one that came first.
final class PrioritySort implements QueueSortPlugin {
    private static final Comparator<Queued> ORDER = Comparator.<Queued>comparingInt(
                    queued -> queued.pod().priority())
            .reversed()
            .thenComparingLong(Queued::sequence);

    @Override
    public String name() {
        return "PrioritySort";
    }

    @Override
    public Comparator<Queued> order() {
        return ORDER;
    }
}
