package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.pod.NodeAffinity;
import io.gantry.api.core.v1.pod.NodeFeatureNeeds;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a plugin may look at in a pod that judges each node by itself: pods of many Deployments are alike in it, as
/// their labels and images do not count. Immutable; its hash is computed once.
///
/// @see PodShape
public final class LocalShape {
    private final Parts parts;
    private final int hash;

    private record Parts(
            Resources requests,
            Resources nonZeroRequests,
            Set<HostPort> hostPorts,
            int priority,
            String nodeName,
            Map<String, String> nodeSelector,
            @Nullable NodeAffinity nodeAffinity,
            List<Toleration> tolerations,
            List<String> nodeFeatures) {}

    private LocalShape(Parts parts) {
        this.parts = parts;
        this.hash = parts.hashCode();
    }

    static LocalShape of(PodInfo pod) {
        PodSpec spec = pod.pod().spec();
        String node = spec.nodeName();
        return new LocalShape(new Parts(
                pod.requests(),
                pod.nonZeroRequests(),
                pod.hostPorts(),
                pod.priority(),
                node == null ? "" : node,
                spec.nodeSelector(),
                spec.affinity() == null ? null : spec.affinity().nodeAffinity(),
                spec.tolerations(),
                NodeFeatureNeeds.toRun(spec)));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof LocalShape shape && hash == shape.hash && parts.equals(shape.parts));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
