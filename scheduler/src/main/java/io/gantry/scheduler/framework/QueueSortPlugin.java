package io.gantry.scheduler.framework;

import java.util.Comparator;

/// Decides which of the waiting pods is tried next. All profiles share one.
public interface QueueSortPlugin extends Plugin {
    /// A total order, first the pod to be tried first: different pods never compare as equal (their
    /// [Queued#sequence] differs).
    Comparator<Queued> order();
}
