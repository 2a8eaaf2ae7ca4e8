package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;

/// Removes nodes a pod cannot run on.
public interface FilterPlugin extends Plugin {
    /// Reads pod and snapshot once and gives the check for single nodes. Pure.
    Preparation prepare(PodInfo pod, Snapshot snapshot);

    /// Whether its verdicts depend on nothing but the pod's [io.gantry.scheduler.snapshot.LocalShape] and
    /// the node: then they are remembered for pods that look the same.
    default boolean isLocal() {
        return false;
    }
}
