package io.gantry.controllermanager.attachdetach;

import io.gantry.api.core.v1.pod.Pod;
import java.util.List;

/// What is to be done for a volume.
sealed interface AttachStep {
    /// A VolumeAttachment for the node; the driver's attacher does the rest.
    record Attach(String node) implements AttachStep {}

    /// The node is told that it has the volume, and so are the pods that wait for it.
    record Report(String node, List<Pod> pods) implements AttachStep {
        public Report {
            pods = List.copyOf(pods);
        }
    }

    /// The node is told that it no longer has the volume.
    record Unreport(String node) implements AttachStep {}

    /// The VolumeAttachment goes, after the node was told.
    record Detach(String node) implements AttachStep {}

    /// A pod's event; told once as long as it holds.
    record Warn(Pod pod, String message) implements AttachStep {
        /// The same for the same pod and message, whatever else became of the pod.
        String key() {
            return pod.metadata().uid() + " " + message;
        }
    }
}
