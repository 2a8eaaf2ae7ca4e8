package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.NodeAffinity;
import io.gantry.api.decode.Arguments;
import java.util.Optional;

/// Arguments of `NodeAffinity`.
///
/// @param added node affinity that every pod has beside its own
record NodeAffinityArgs(Optional<NodeAffinity> added) {
    static final NodeAffinityArgs DEFAULT = new NodeAffinityArgs(Optional.empty());

    static NodeAffinityArgs read(Arguments arguments) {
        return new NodeAffinityArgs(arguments.api("addedAffinity", NodeAffinity.class));
    }
}
