package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.VolumeResourceRequirements;
import io.gantry.api.resource.Quantity;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.TopologySelectorTerm;
import java.util.Map;
import java.util.Optional;

/// Whether a volume can be made for a node: its class may be used there, and its driver, where it tells how
/// much it has, has enough (upstream `checkVolumeProvisions`).
record StorageRoom(ClusterView cluster) {
    /// Whether the class has volumes for the node.
    static boolean isAllowed(StorageClass storageClass, Node node) {
        Map<String, String> labels = node.metadata().labels();
        return storageClass.allowedTopologies().isEmpty()
                || storageClass.allowedTopologies().stream().anyMatch(term -> matches(term, labels));
    }

    private static boolean matches(TopologySelectorTerm term, Map<String, String> labels) {
        return !term.matchLabelExpressions().isEmpty()
                && term.matchLabelExpressions().stream()
                        .allMatch(wanted -> labels.containsKey(wanted.key())
                                && wanted.values().contains(labels.get(wanted.key())));
    }

    /// Whether there is room for the claim on the node. That of each claim of a pod is asked for alone, as upstream
    /// does.
    boolean isEnough(PodClaims.Delayed delayed, Node node) {
        VolumeResourceRequirements resources = delayed.claim().spec().resources();
        Quantity size = resources == null ? null : resources.requests().get("storage");
        if (size == null
                || cluster.csiDriver(delayed.storageClass().provisioner())
                        .filter(StorageRoom::isTracked)
                        .isEmpty()) {
            return true;
        }
        String className = delayed.storageClass().metadata().name();
        return cluster.storageCapacities().stream()
                .anyMatch(capacity -> capacity.storageClassName().equals(className)
                        && limit(capacity)
                                .filter(most -> most.value() >= size.value())
                                .isPresent()
                        && LabelSelectors.matches(
                                capacity.nodeTopology(), node.metadata().labels()));
    }

    /// Whether the driver tells how much it has.
    static boolean isTracked(CSIDriver driver) {
        return Boolean.TRUE.equals(driver.spec().storageCapacity());
    }

    /// Whether larger volumes can be made now.
    static boolean grew(CSIStorageCapacity before, CSIStorageCapacity after) {
        Optional<Quantity> now = limit(after);
        return now.isPresent()
                && limit(before).filter(had -> had.value() >= now.get().value()).isEmpty();
    }

    private static Optional<Quantity> limit(CSIStorageCapacity capacity) {
        return Optional.ofNullable(capacity.maximumVolumeSize()).or(() -> Optional.ofNullable(capacity.capacity()));
    }
}
