package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.persistentvolume.CSIPersistentVolumeSource;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.storage.v1.csinode.CSINode;
import io.gantry.api.storage.v1.csinode.CSINodeDriver;
import io.gantry.api.storage.v1.csinode.VolumeNodeResources;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.PodVolumes;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A node takes no more volumes of a CSI driver than its CSINode says it can hold: those of its pods, and those that
/// are attached to it though no pod there has them.
final class NodeVolumeLimits implements FilterPlugin {
    private static final Verdict TOO_MANY = Verdict.rejected("node(s) exceed max volume count");

    private final ClusterView cluster;

    NodeVolumeLimits(ClusterView cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return "NodeVolumeLimits";
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        Map<String, String> wanted = volumes(pod);
        if (wanted.isEmpty()) {
            return Preparation.SKIP;
        }
        return Preparation.each(node -> check(wanted, node));
    }

    private Verdict check(Map<String, String> wanted, NodeInfo node) {
        Map<String, Integer> limits =
                cluster.csiNode(node.name()).map(NodeVolumeLimits::limits).orElse(Map.of());
        if (limits.isEmpty()) {
            return Verdict.FITS;
        }
        Map<String, String> attached = new HashMap<>();
        node.pods().forEach(other -> attached.putAll(volumes(other)));
        Map<String, Integer> counts = new HashMap<>();
        Map<String, String> all = new HashMap<>(attached);
        cluster.attachments(node.name()).forEach(attachment -> addAttached(attachment, all));
        all.values().forEach(driver -> counts.merge(driver, 1, Integer::sum));
        for (Map.Entry<String, String> volume : wanted.entrySet()) {
            String driver = volume.getValue();
            if (!attached.containsKey(volume.getKey())
                    && counts.merge(driver, 1, Integer::sum) > limits.getOrDefault(driver, Integer.MAX_VALUE)) {
                return TOO_MANY;
            }
        }
        return Verdict.FITS;
    }

    private void addAttached(VolumeAttachment attachment, Map<String, String> volumes) {
        String name = attachment.spec().source().persistentVolumeName();
        cluster.volume(name == null ? "" : name)
                .map(volume -> volume.spec().csi())
                .ifPresent(csi -> volumes.put(
                        attachment.spec().attacher() + "/" + csi.volumeHandle(),
                        attachment.spec().attacher()));
    }

    private static Map<String, Integer> limits(CSINode node) {
        Map<String, Integer> limits = new HashMap<>();
        for (CSINodeDriver driver : node.spec().drivers()) {
            VolumeNodeResources allocatable = driver.allocatable();
            Integer count = allocatable == null ? null : allocatable.count();
            if (count != null) {
                limits.put(driver.name(), count);
            }
        }
        return limits;
    }

    /// The CSI volumes of a pod: what names each, and its driver.
    private Map<String, String> volumes(PodInfo pod) {
        if (pod.pod().spec().volumes().isEmpty()) {
            return Map.of();
        }
        Map<String, String> volumes = new HashMap<>();
        for (String name : PodVolumes.claimNames(pod)) {
            cluster.claim(pod.namespace(), name).ifPresent(claim -> addVolume(claim, volumes));
        }
        return volumes;
    }

    private void addVolume(PersistentVolumeClaim claim, Map<String, String> volumes) {
        String volume = claim.spec().volumeName();
        Optional<CSIPersistentVolumeSource> bound = cluster.volume(volume == null ? "" : volume)
                .map(found -> found.spec().csi());
        if (bound.isPresent()) {
            volumes.put(
                    bound.get().driver() + "/" + bound.get().volumeHandle(),
                    bound.get().driver());
        } else if (volume == null || volume.isEmpty()) {
            cluster.storageClass(StorageClassNames.of(claim))
                    .ifPresent(found -> volumes.put(
                            "claim " + claim.metadata().namespace() + "/"
                                    + claim.metadata().name(),
                            found.provisioner()));
        }
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.CsiNodeChanged changed ->
                changed.before()
                        .filter(before -> !raised(limits(before), limits(changed.after())))
                        .isEmpty();
            case ClusterEvent.ClaimChanged claim -> claim.before().isEmpty() && PodVolumes.uses(pod, claim.after());
            case ClusterEvent.PodGone gone -> !PodVolumes.claimNames(gone.pod()).isEmpty();
            case ClusterEvent.AttachmentGone _ -> !PodVolumes.claimNames(pod).isEmpty();
            case ClusterEvent.VolumeChanged _,
                    ClusterEvent.CsiDriverChanged _,
                    ClusterEvent.CapacityChanged _,
                    ClusterEvent.ClassChanged _,
                    ClusterEvent.NodeChanged _,
                    ClusterEvent.PodPlaced _,
                    ClusterEvent.PodItself _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static boolean raised(Map<String, Integer> before, Map<String, Integer> after) {
        return after.entrySet().stream().anyMatch(e -> e.getValue() > before.getOrDefault(e.getKey(), 0));
    }
}
