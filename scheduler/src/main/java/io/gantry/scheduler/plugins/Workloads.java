package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.LabelSelector;
import java.util.Optional;

/// Which pods belong together, for default spreading.
@FunctionalInterface
public interface Workloads {
    /// What selects the pods of the workload: of the Services that select the pod and of the ReplicaSet,
    /// ReplicationController or StatefulSet that owns it, all at once (upstream
    /// `helper.DefaultSelector`). Empty for a pod that stands alone.
    Optional<LabelSelector> selectorOf(Pod pod);
}
