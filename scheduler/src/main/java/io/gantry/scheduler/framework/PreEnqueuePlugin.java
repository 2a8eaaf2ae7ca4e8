package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;

/// Keeps a pod out of the queue until it is ready to be scheduled.
public interface PreEnqueuePlugin extends Plugin {
    boolean ready(PodInfo pod);
}
