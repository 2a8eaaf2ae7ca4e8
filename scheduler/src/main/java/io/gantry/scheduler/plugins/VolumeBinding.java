package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.VolumeNodeAffinity;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.VolumeResourceRequirements;
import io.gantry.api.resource.Quantity;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.PreBindPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeSelectors;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.PodVolumes;
import io.gantry.scheduler.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Volumes of claims must be usable on the node; claims that wait for their first consumer are bound for
/// the node that was chosen, before the pod is.
final class VolumeBinding implements FilterPlugin, PreBindPlugin {
    private final ClusterView cluster;
    private static final Verdict NODE_CONFLICT =
            Verdict.unresolvable("node(s) didn't match PersistentVolume's node affinity");
    private static final Verdict NO_VOLUME =
            Verdict.unresolvable("node(s) didn't find available persistent volumes to bind");
    private static final Verdict LOST =
            Verdict.unresolvable("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");

    private static final Verdict NO_ROOM = Verdict.unresolvable("node(s) did not have enough free storage");

    private final ClaimBinding binding;
    private final StorageRoom room;
    private final Duration bindTimeout;

    VolumeBinding(ClusterView cluster, ClaimBinding binding, VolumeBindingArgs args) {
        this.cluster = cluster;
        this.binding = binding;
        this.room = new StorageRoom(cluster);
        this.bindTimeout = args.bindTimeout();
    }

    @Override
    public String name() {
        return "VolumeBinding";
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        PodClaims claims = PodClaims.of(pod, cluster);
        if (claims.isEmpty()) {
            return Preparation.SKIP;
        }
        if (claims.problem().isPresent()) {
            return new Preparation.RejectAll(claims.problem().get());
        }
        return Preparation.each(info -> check(claims, info.node()));
    }

    private Verdict check(PodClaims claims, Node node) {
        if (claims.lost()) {
            return LOST;
        }
        if (!claims.bound().stream().allMatch(volume -> reachable(volume, node))) {
            return NODE_CONFLICT;
        }
        Set<String> taken = new HashSet<>();
        boolean enough = true;
        for (PodClaims.Delayed delayed : claims.delayed()) {
            Optional<PersistentVolume> found = existing(delayed.claim(), node, taken);
            found.ifPresent(volume -> taken.add(nameOf(volume)));
            if (found.isEmpty() && (delayed.staticOnly() || !StorageRoom.isAllowed(delayed.storageClass(), node))) {
                return NO_VOLUME;
            }
            enough = enough && (found.isPresent() || room.isEnough(delayed, node));
        }
        return enough ? Verdict.FITS : NO_ROOM;
    }

    @Override
    public void preBind(PodInfo pod, String nodeName) throws InterruptedException {
        PodClaims claims = PodClaims.of(pod, cluster);
        if (claims.problem().isPresent()) {
            throw new PreBindException(claims.problem().get());
        }
        if (claims.delayed().isEmpty()) {
            return;
        }
        Node node = snapshotNode(nodeName);
        Set<String> taken = new HashSet<>();
        List<PersistentVolumeClaim> waiting = new ArrayList<>();
        for (PodClaims.Delayed delayed : claims.delayed()) {
            Optional<PersistentVolume> found = existing(delayed.claim(), node, taken);
            if (found.isPresent()) {
                taken.add(nameOf(found.get()));
                binding.reserve(found.get(), delayed.claim());
            } else {
                binding.provisionOn(delayed.claim(), nodeName);
            }
            waiting.add(delayed.claim());
        }
        binding.awaitBound(waiting, bindTimeout);
    }

    private Node snapshotNode(String name) {
        return cluster.node(name).orElseThrow(() -> new PreBindException("node \"" + name + "\" not found"));
    }

    /// The smallest free volume that can serve the claim on the node.
    private Optional<PersistentVolume> existing(PersistentVolumeClaim claim, Node node, Set<String> taken) {
        return cluster.volumes().stream()
                .filter(volume -> !taken.contains(nameOf(volume)))
                .filter(volume -> matches(volume, claim) && reachable(volume, node))
                .min(Comparator.comparing(VolumeBinding::capacity).thenComparing(VolumeBinding::nameOf));
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
                && Objects.requireNonNullElse(volume.spec().storageClassName(), "")
                        .equals(Objects.requireNonNullElse(claim.spec().storageClassName(), ""))
                && mode(volume.spec().volumeMode()).equals(mode(claim.spec().volumeMode()))
                && volume.spec().accessModes().containsAll(claim.spec().accessModes())
                && capacity(volume).compareTo(wanted) >= 0;
    }

    private static String mode(@org.jspecify.annotations.Nullable String mode) {
        return mode == null ? "Filesystem" : mode;
    }

    private static boolean reachable(PersistentVolume volume, Node node) {
        VolumeNodeAffinity affinity = volume.spec().nodeAffinity();
        NodeSelector required = affinity == null ? null : affinity.required();
        return required == null || NodeSelectors.matches(required, node);
    }

    private static Quantity capacity(PersistentVolume volume) {
        return volume.spec().capacity().getOrDefault("storage", Quantity.ZERO);
    }

    private static String nameOf(PersistentVolume volume) {
        return Objects.requireNonNullElse(volume.metadata().name(), "");
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.ClaimChanged claim -> PodVolumes.uses(pod, claim.after());
            case ClusterEvent.VolumeChanged _, ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.ClassChanged changed ->
                changed.before()
                        .filter(before -> before.allowedTopologies()
                                .equals(changed.after().allowedTopologies()))
                        .isEmpty();
            case ClusterEvent.CsiNodeChanged changed -> changed.before().isEmpty();
            case ClusterEvent.NodeChanged changed -> changed.relabelled();
            case ClusterEvent.CapacityChanged changed ->
                changed.before()
                        .filter(before -> !StorageRoom.grew(before, changed.after()))
                        .isEmpty();
            case ClusterEvent.CsiDriverChanged changed ->
                changed.before().filter(StorageRoom::isTracked).isPresent() && !StorageRoom.isTracked(changed.after());
            case ClusterEvent.AttachmentGone _,
                    ClusterEvent.PodPlaced _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.PodGone _,
                    ClusterEvent.PodItself _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }
}
