package io.gantry.scheduler.plugins;

import io.gantry.scheduler.snapshot.PodInfo;

/// Writes a binding.
@FunctionalInterface
public interface PodBinding {
    /// Blocks.
    ///
    /// @throws io.gantry.api.StatusException when the API server refuses it
    void bind(PodInfo pod, String node);
}
