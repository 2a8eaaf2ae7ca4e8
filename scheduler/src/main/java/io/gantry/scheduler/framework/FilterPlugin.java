package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;

/// Removes nodes a pod cannot run on.
public interface FilterPlugin extends Plugin {
    /// Reads pod and snapshot once and gives the check for single nodes. Pure.
    Preparation prepare(PodInfo pod, Snapshot snapshot);
}
