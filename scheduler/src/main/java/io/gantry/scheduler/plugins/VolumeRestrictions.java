package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.DomainCounts;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.PodSelection;
import io.gantry.scheduler.snapshot.PodVolumes;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A claim with access mode `ReadWriteOncePod` has one pod in the whole cluster; a disk that is named in
/// pods is mounted by one pod of a node, unless all mount it read-only.
final class VolumeRestrictions implements FilterPlugin {
    private static final Verdict CLAIM_IN_USE = Verdict.rejected(
            "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod");
    private static final Verdict DISK_IN_USE = Verdict.rejected("node(s) had no available disk");

    private final ClusterView cluster;

    VolumeRestrictions(ClusterView cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return "VolumeRestrictions";
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<Volume> disks =
                pod.pod().spec().volumes().stream().filter(Disks::isDisk).toList();
        List<DomainCounts> users = new ArrayList<>();
        for (String name : PodVolumes.claimNames(pod)) {
            Optional<PersistentVolumeClaim> claim = cluster.claim(pod.namespace(), name);
            if (claim.isEmpty()) {
                return new Preparation.RejectAll("persistentvolumeclaim \"" + name + "\" not found");
            }
            if (claim.get().spec().accessModes().contains("ReadWriteOncePod")) {
                users.add(snapshot.counts(new PodSelection.UsesClaim(pod.namespace(), name), ""));
            }
        }
        return disks.isEmpty() && users.isEmpty() ? Preparation.SKIP : Preparation.each(new Filter(disks, users));
    }

    /// @param users for each claim of the pod that only one pod may use: who uses it
    private record Filter(List<Volume> disks, List<DomainCounts> users) implements Preparation.NodeFilter {
        @Override
        public Verdict check(NodeInfo node) {
            return judge(node, node, false);
        }

        @Override
        public Verdict check(NodeInfo changed, NodeInfo asIs) {
            return judge(changed, asIs, true);
        }

        private Verdict judge(NodeInfo changed, NodeInfo asIs, boolean differs) {
            if (disks.stream().anyMatch(disk -> taken(disk, changed))) {
                return DISK_IN_USE;
            }
            for (DomainCounts each : users) {
                int change = differs ? each.matching(changed) - each.matching(asIs) : 0;
                if (each.everywhere() + change > 0) {
                    return CLAIM_IN_USE;
                }
            }
            return Verdict.FITS;
        }

        private static boolean taken(Volume disk, NodeInfo node) {
            for (PodInfo other : node.pods()) {
                for (Volume volume : other.pod().spec().volumes()) {
                    if (Disks.conflict(disk, volume)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.PodGone gone -> sharesVolume(pod, gone.pod());
            case ClusterEvent.ClaimChanged claim -> claim.before().isEmpty() && PodVolumes.uses(pod, claim.after());
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.VolumeChanged _,
                    ClusterEvent.ClassChanged _,
                    ClusterEvent.CsiNodeChanged _,
                    ClusterEvent.VolumeRoomEvent _,
                    ClusterEvent.NodeChanged _,
                    ClusterEvent.PodPlaced _,
                    ClusterEvent.PodItself _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static boolean sharesVolume(PodInfo pod, PodInfo other) {
        List<String> claims = PodVolumes.claimNames(other);
        return (pod.namespace().equals(other.namespace())
                        && PodVolumes.claimNames(pod).stream().anyMatch(claims::contains))
                || pod.pod().spec().volumes().stream()
                        .anyMatch(own ->
                                other.pod().spec().volumes().stream().anyMatch(volume -> Disks.conflict(own, volume)));
    }
}
