package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.VolumeResourceRequirements;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.resource.Quantity;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.TopologySelectorTerm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where there is room for a volume to be made for a claim, whose driver may tell how much it has (upstream
/// `checkVolumeProvisions`). That of each claim of a pod is asked for alone, as upstream does.
///
/// @param everywhere where the driver does not tell
/// @param topologies of nodes for which it has enough
record StorageRoom(boolean everywhere, List<LabelSelector> topologies) {
    private static final StorageRoom EVERYWHERE = new StorageRoom(true, List.of());

    static StorageRoom of(PodClaims.Delayed delayed, ClusterView cluster) {
        VolumeResourceRequirements resources = delayed.claim().spec().resources();
        Quantity size = resources == null ? null : resources.requests().get("storage");
        if (size == null
                || cluster.csiDriver(delayed.storageClass().provisioner())
                        .filter(StorageRoom::isTracked)
                        .isEmpty()) {
            return EVERYWHERE;
        }
        String className = delayed.storageClass().metadata().name();
        return new StorageRoom(
                false,
                cluster.storageCapacities(className == null ? "" : className).stream()
                        .filter(capacity -> limit(capacity)
                                .filter(most -> most.value() >= size.value())
                                .isPresent())
                        .flatMap(capacity -> Stream.ofNullable(capacity.nodeTopology()))
                        .toList());
    }

    boolean isEnough(Node node) {
        Map<String, String> labels = node.metadata().labels();
        return everywhere || topologies.stream().anyMatch(topology -> LabelSelectors.matches(topology, labels));
    }

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
