package io.gantry.kubelet.csi;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatus;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatusBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.csi.v1.CapacityRange;
import io.gantry.kubelet.csi.v1.NodeExpandVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// The node's part of making a volume larger: once the volume itself is, the driver enlarges its file system, and the
/// claim's status says so (upstream `csi/expander.go`, `node_expander.go`). Blocks; thread-safe.
record CsiExpansion(CsiPaths paths, MountInputs inputs, CsiCluster cluster, PodEvents events) {
    private static final String STORAGE = "storage";
    private static final Set<String> RESIZING = Set.of("Resizing", "FileSystemResizePending");

    /// Whether the volume is larger than the claim's status knows.
    static boolean isDue(PersistentVolume volume, PersistentVolumeClaim claim) {
        Quantity has = claim.status().capacity().get(STORAGE);
        Quantity grown = volume.spec().capacity().get(STORAGE);
        return has != null
                && grown != null
                && grown.compareTo(has) > 0
                && !"NodeResizeInfeasible"
                        .equals(claim.status().allocatedResourceStatuses().get(STORAGE));
    }

    /// Enlarges the volume where that is due and the driver can.
    void expand(CsiMounter.Job job, PersistentVolume volume, PersistentVolumeClaim claim) throws CsiFailure {
        if (!isDue(volume, claim) || !job.can().contains(Type.EXPAND_VOLUME)) {
            return;
        }
        Pod pod = job.pod();
        try {
            job.client().expand(request(job, volume));
        } catch (CsiFailure failure) {
            String why = "Expander.NodeExpand failed to expand the volume : " + failure.getMessage();
            events.warning(
                    pod,
                    "VolumeResizeFailed",
                    "NodeExpandVolume.NodeExpandVolume failed for volume \""
                            + job.volume().name() + "\" : " + why);
            throw new CsiFailure(why, failure.isFinal(), failure);
        }
        PersistentVolumeClaim grown = PersistentVolumeClaimBuilder.builder(claim)
                .status(enlarged(claim.status(), size(volume)))
                .build();
        try {
            cluster.updateStatus(grown);
            events.normal(
                    pod,
                    "FileSystemResizeSuccessful",
                    "MountVolume.NodeExpandVolume succeeded for volume \""
                            + job.volume().name() + "\" ");
        } catch (StatusException conflict) {
            if (!conflict.isConflict()) {
                throw conflict;
            }
        }
    }

    private NodeExpandVolumeRequest request(CsiMounter.Job job, PersistentVolume volume) throws CsiFailure {
        CsiVolume what = job.volume();
        NodeExpandVolumeRequest.Builder request = NodeExpandVolumeRequest.newBuilder()
                .setVolumeId(what.handle())
                .setVolumePath(job.client().name(paths.target(job.podUid(), what.ref())))
                .setCapacityRange(CapacityRange.newBuilder()
                        .setRequiredBytes(size(volume).amount().longValue()))
                .setVolumeCapability(CsiRequests.capability(what, job.can(), OptionalLong.empty()))
                .putAllSecrets(inputs.secrets(what.expandSecret(), "NodeExpandSecretRef"));
        if (job.stages()) {
            request.setStagingTargetPath(job.client().name(paths.staging(what.ref())));
        }
        return request.build();
    }

    private static Quantity size(PersistentVolume volume) {
        return volume.spec().capacity().getOrDefault(STORAGE, Quantity.ZERO);
    }

    /// The status once the file system is as large as the volume.
    static PersistentVolumeClaimStatus enlarged(PersistentVolumeClaimStatus before, Quantity size) {
        Map<String, Quantity> capacity = new LinkedHashMap<>(before.capacity());
        capacity.put(STORAGE, size);
        Map<String, String> statuses = new LinkedHashMap<>(before.allocatedResourceStatuses());
        statuses.remove(STORAGE);
        return PersistentVolumeClaimStatusBuilder.builder(before)
                .capacity(capacity)
                .allocatedResourceStatuses(statuses)
                .conditions(before.conditions().stream()
                        .filter(condition -> !RESIZING.contains(condition.type()))
                        .toList())
                .build();
    }
}
