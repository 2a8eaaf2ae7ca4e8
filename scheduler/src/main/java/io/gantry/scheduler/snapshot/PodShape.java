package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.NodeFeatureNeeds;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What plugins look at in a pod: namespace, labels, requests, host ports, images, and those parts of its
/// spec that say where it can run. Not its name, nor what only the node's kubelet reads: the volume of each
/// pod's own token has a name of its own, and no two pods of a Deployment would be alike. Immutable; its
/// hash is computed once.
public final class PodShape {
    private final List<@Nullable Object> parts;
    private final int hash;

    private PodShape(List<@Nullable Object> parts) {
        this.parts = parts;
        this.hash = parts.hashCode();
    }

    static PodShape of(PodInfo pod) {
        PodSpec spec = pod.pod().spec();
        return new PodShape(Arrays.asList(
                pod.namespace(),
                pod.labels(),
                pod.requests(),
                pod.nonZeroRequests(),
                pod.hostPorts(),
                images(spec),
                volumes(spec),
                spec.nodeName(),
                spec.nodeSelector(),
                spec.affinity(),
                spec.tolerations(),
                spec.topologySpreadConstraints(),
                spec.schedulerName(),
                spec.schedulingGates(),
                spec.priority(),
                spec.preemptionPolicy(),
                spec.resourceClaims(),
                spec.resourceClaims().isEmpty() ? List.of() : pod.pod().status().resourceClaimStatuses(),
                spec.runtimeClassName(),
                spec.hostNetwork(),
                NodeFeatureNeeds.toRun(spec),
                spec.os()));
    }

    private static List<@Nullable String> images(PodSpec spec) {
        List<@Nullable String> images =
                new ArrayList<>(spec.containers().size() + spec.initContainers().size());
        spec.initContainers().forEach(container -> images.add(container.image()));
        for (Container container : spec.containers()) {
            images.add(container.image());
        }
        return images;
    }

    private static List<Volume> volumes(PodSpec spec) {
        List<Volume> placed = List.of();
        for (Volume volume : spec.volumes()) {
            if (!isAnywhere(volume)) {
                placed = placed.isEmpty() ? new ArrayList<>() : placed;
                placed.add(volume);
            }
        }
        return placed;
    }

    /// Whether every node can give the volume.
    private static boolean isAnywhere(Volume volume) {
        return volume.projected() != null
                || volume.configMap() != null
                || volume.secret() != null
                || volume.downwardAPI() != null
                || volume.emptyDir() != null
                || volume.hostPath() != null;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof PodShape shape && hash == shape.hash && parts.equals(shape.parts));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
