package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;

/// Keeps account of something beside the node that a pod takes.
public interface ReservePlugin extends Plugin {
    /// The pod was given the node and is not bound yet. Runs on the scheduling thread and must be quick.
    ///
    /// @return [Verdict#FITS], or why the pod cannot have it after all
    Verdict reserve(PodInfo pod, String node);

    /// The pod does not come to the node: what [#reserve] took is free again. Called for each reserve
    /// plugin in reverse order, also for those that [#reserve] was not called of; must not fail.
    void unreserve(PodInfo pod, String node);
}
