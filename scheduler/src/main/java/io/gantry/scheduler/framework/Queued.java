package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;

/// A pod as the queue holds it.
public interface Queued {
    PodInfo pod();

    /// Its place in the order of arrival.
    long sequence();
}
