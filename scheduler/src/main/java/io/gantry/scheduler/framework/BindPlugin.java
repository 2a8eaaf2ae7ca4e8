package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;

/// Binds a pod to its node. The first bind plugin that takes the pod decides.
public interface BindPlugin extends Plugin {
    /// Blocks; runs on a virtual thread of its own.
    ///
    /// @return false when this plugin does not bind such pods
    /// @throws io.gantry.api.StatusException when it cannot be bound
    boolean bind(PodInfo pod, String node);
}
