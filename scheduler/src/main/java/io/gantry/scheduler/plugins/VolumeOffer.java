package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.VolumeNodeAffinity;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.core.v1.pod.NodeRequirements;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.VolumeResourceRequirements;
import io.gantry.api.resource.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What there is for a claim that waits for its first consumer: found out once for a pod, asked for each node.
///
/// @param volumes free ones that can serve the claim, the smallest first
/// @param room where one can be made
record VolumeOffer(PodClaims.Delayed delayed, List<PersistentVolume> volumes, StorageRoom room) {
    static List<VolumeOffer> all(PodClaims claims, ClusterView cluster) {
        return claims.delayed().stream().map(delayed -> of(delayed, cluster)).toList();
    }

    private static VolumeOffer of(PodClaims.Delayed delayed, ClusterView cluster) {
        List<PersistentVolume> volumes = cluster.volumesFor(delayed.claim()).stream()
                .filter(volume -> matches(volume, delayed.claim()))
                .sorted(Comparator.comparing(VolumeOffer::capacity).thenComparing(VolumeOffer::nameOf))
                .toList();
        return new VolumeOffer(delayed, volumes, StorageRoom.of(delayed, cluster));
    }

    /// The smallest volume that is there for the node.
    ///
    /// @param taken names of volumes that other claims of the pod have
    Optional<PersistentVolume> volume(Node node, Set<String> taken) {
        return volumes.stream()
                .filter(volume -> !taken.contains(nameOf(volume)) && isReachable(volume, node))
                .findFirst();
    }

    /// Whether one may be made for the node, be there room or not.
    boolean isMade(Node node) {
        return !delayed.staticOnly() && StorageRoom.isAllowed(delayed.storageClass(), node);
    }

    private static boolean matches(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference ref = volume.spec().claimRef();
        if (ref != null) {
            return Objects.equals(ref.name(), claim.metadata().name())
                    && Objects.equals(ref.namespace(), claim.metadata().namespace())
                    && (ref.uid() == null || ref.uid().equals(claim.metadata().uid()));
        }
        VolumeResourceRequirements resources = claim.spec().resources();
        Quantity wanted =
                resources == null ? Quantity.ZERO : resources.requests().getOrDefault("storage", Quantity.ZERO);
        return volume.metadata().deletionTimestamp() == null
                && StorageClassNames.of(volume).equals(StorageClassNames.of(claim))
                && mode(volume.spec().volumeMode()).equals(mode(claim.spec().volumeMode()))
                && volume.spec().accessModes().containsAll(claim.spec().accessModes())
                && capacity(volume).compareTo(wanted) >= 0;
    }

    private static String mode(@Nullable String mode) {
        return mode == null ? "Filesystem" : mode;
    }

    /// Whether pods of the node can use the volume.
    static boolean isReachable(PersistentVolume volume, Node node) {
        VolumeNodeAffinity affinity = volume.spec().nodeAffinity();
        NodeSelector required = affinity == null ? null : affinity.required();
        return required == null || NodeRequirements.matches(required, node);
    }

    private static Quantity capacity(PersistentVolume volume) {
        return volume.spec().capacity().getOrDefault("storage", Quantity.ZERO);
    }

    static String nameOf(PersistentVolume volume) {
        return Objects.requireNonNullElse(volume.metadata().name(), "");
    }
}
