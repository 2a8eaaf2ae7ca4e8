package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.PreEnqueuePlugin;
import io.gantry.scheduler.snapshot.PodInfo;

/// A pod with scheduling gates waits until they are removed (KEP-3521).
final class SchedulingGates implements PreEnqueuePlugin {
    @Override
    public String name() {
        return "SchedulingGates";
    }

    @Override
    public boolean ready(PodInfo pod) {
        return pod.pod().spec().schedulingGates().isEmpty();
    }
}
