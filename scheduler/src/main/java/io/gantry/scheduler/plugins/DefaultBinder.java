package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.BindPlugin;
import io.gantry.scheduler.snapshot.PodInfo;

/// Binds by posting a Binding.
final class DefaultBinder implements BindPlugin {
    private final PodBinding pods;

    DefaultBinder(PodBinding pods) {
        this.pods = pods;
    }

    @Override
    public String name() {
        return "DefaultBinder";
    }

    @Override
    public boolean bind(PodInfo pod, String node) {
        pods.bind(pod, node);
        return true;
    }
}
