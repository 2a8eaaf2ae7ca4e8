package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.PreBindPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.PodVolumes;
import io.gantry.scheduler.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Volumes of claims must be usable on the node; claims that wait for their first consumer are bound for
/// the node that was chosen, before the pod is.
final class VolumeBinding implements FilterPlugin, PreBindPlugin {
    private static final Verdict NODE_CONFLICT =
            Verdict.unresolvable("node(s) didn't match PersistentVolume's node affinity");
    private static final Verdict NO_VOLUME =
            Verdict.unresolvable("node(s) didn't find available persistent volumes to bind");
    private static final Verdict LOST =
            Verdict.unresolvable("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
    private static final Verdict NO_ROOM = Verdict.unresolvable("node(s) did not have enough free storage");

    private final ClusterView cluster;
    private final ClaimBinding binding;
    private final Duration bindTimeout;

    VolumeBinding(ClusterView cluster, ClaimBinding binding, VolumeBindingArgs args) {
        this.cluster = cluster;
        this.binding = binding;
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
        List<VolumeOffer> offers = VolumeOffer.all(claims, cluster);
        return Preparation.each(info -> check(claims, offers, info.node()));
    }

    private static Verdict check(PodClaims claims, List<VolumeOffer> offers, Node node) {
        if (claims.lost()) {
            return LOST;
        }
        if (!claims.bound().stream().allMatch(volume -> VolumeOffer.isReachable(volume, node))) {
            return NODE_CONFLICT;
        }
        Set<String> taken = new HashSet<>();
        boolean enough = true;
        for (VolumeOffer offer : offers) {
            Optional<PersistentVolume> found = offer.volume(node, taken);
            found.ifPresent(volume -> taken.add(VolumeOffer.nameOf(volume)));
            if (found.isEmpty() && !offer.isMade(node)) {
                return NO_VOLUME;
            }
            enough = enough && (found.isPresent() || offer.room().isEnough(node));
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
        for (VolumeOffer offer : VolumeOffer.all(claims, cluster)) {
            PersistentVolumeClaim claim = offer.delayed().claim();
            Optional<PersistentVolume> found = offer.volume(node, taken);
            if (found.isPresent()) {
                taken.add(VolumeOffer.nameOf(found.get()));
                binding.reserve(found.get(), claim);
                waiting.add(claim);
            } else {
                waiting.add(binding.provisionOn(claim, nodeName));
            }
        }
        binding.awaitBound(waiting, bindTimeout);
    }

    private Node snapshotNode(String name) {
        return cluster.node(name).orElseThrow(() -> new PreBindException("node \"" + name + "\" not found"));
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
