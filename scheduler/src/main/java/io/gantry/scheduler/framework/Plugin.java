package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;

/// A part of the scheduling decision. A plugin implements one or more of [PreEnqueuePlugin], [FilterPlugin],
/// [ScorePlugin], [PreBindPlugin]. Plugins hold no state of a cycle and may be called from any thread.
public interface Plugin {
    /// Upstream's name, e.g. `NodeResourcesFit`.
    String name();

    /// Whether the event may let a pod that this plugin rejected be scheduled (a queueing hint). Wrong yeses cost a
    /// try; a wrong no leaves the pod waiting until the queue's flush.
    default boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return false;
    }
}
