package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;

/// Is told of each pod that was bound.
public interface PostBindPlugin extends Plugin {
    /// Must not fail; runs on a virtual thread of its own.
    void postBind(PodInfo pod, String node);
}
