package io.gantry.kubelet.csi;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.csi.v1.CapacityRange;
import io.gantry.kubelet.csi.v1.NodeExpandVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import java.time.Clock;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The node's part of making a volume larger: once the volume itself is, the driver enlarges its file system, and the
/// claim's status says so (upstream `csi/expander.go`, `node_expander.go`). Blocks; thread-safe.
final class CsiExpansion {
    private final CsiPaths paths;
    private final MountInputs inputs;
    private final CsiCluster cluster;
    private final PodEvents events;
    private final Clock clock;

    /// Volumes whose last growth failed for sure, and may be asked to be smaller.
    private final Set<VolumeKey> failed = ConcurrentHashMap.newKeySet();

    /// Volumes that their driver does not enlarge while they are in use.
    private final Set<VolumeKey> refused = ConcurrentHashMap.newKeySet();

    CsiExpansion(CsiPaths paths, MountInputs inputs, CsiCluster cluster, PodEvents events, Clock clock) {
        this.paths = paths;
        this.inputs = inputs;
        this.cluster = cluster;
        this.events = events;
        this.clock = clock;
    }

    boolean isDue(VolumeKey key, PersistentVolume volume, PersistentVolumeClaim claim) {
        return !refused.contains(key) && ClaimGrowth.due(volume, claim).isPresent();
    }

    /// The node no longer has the volume.
    void forget(VolumeKey key) {
        failed.remove(key);
        refused.remove(key);
    }

    /// Enlarges the volume where that is due and the driver can.
    void expand(CsiMounter.Job job, PersistentVolume volume, PersistentVolumeClaim claim) throws CsiFailure {
        VolumeKey key = job.volume().ref().key();
        if (!isDue(key, volume, claim) || !job.can().contains(Type.EXPAND_VOLUME)) {
            return;
        }
        ClaimGrowth growth = ClaimGrowth.due(volume, claim).orElseThrow();
        PersistentVolumeClaim begun = growth.told() ? cluster.updateStatus(growth.begun(claim)) : claim;
        try {
            job.client().expand(request(job, growth));
        } catch (CsiFailure failure) {
            String why = "Expander.NodeExpand failed to expand the volume" + (failure.isInfeasible() ? " " : " : ")
                    + failure.getMessage();
            remember(key, growth, begun, failure.told(why));
            if (failure.isInUse()) {
                refused.add(key);
                return;
            }
            events.warning(
                    job.pod(),
                    "VolumeResizeFailed",
                    "NodeExpandVolume.NodeExpandVolume failed for volume \""
                            + job.volume().name() + "\" : " + why);
            throw failure.told(why);
        }
        failed.remove(key);
        finish(job, growth.finished(begun));
    }

    /// A claim that somebody else wrote meanwhile gets its new size at the pod's next look, when the driver is asked
    /// again and has nothing to do.
    private void finish(CsiMounter.Job job, PersistentVolumeClaim grown) {
        try {
            cluster.updateStatus(grown);
        } catch (StatusException conflict) {
            if (!conflict.isConflict()) {
                throw conflict;
            }
            return;
        }
        events.normal(
                job.pod(),
                "FileSystemResizeSuccessful",
                "MountVolume.NodeExpandVolume succeeded for volume \""
                        + job.volume().name() + "\" ");
    }

    private void remember(VolumeKey key, ClaimGrowth growth, PersistentVolumeClaim claim, CsiFailure failure) {
        if (!growth.told() || !failure.isFinal()) {
            return;
        }
        boolean again = !failed.add(key);
        boolean infeasible = failure.isInfeasible() || again && growth.isOutdated(claim);
        String why = Objects.requireNonNullElse(failure.getMessage(), "");
        cluster.updateStatus(growth.failed(claim, infeasible, why, clock.instant()));
    }

    private NodeExpandVolumeRequest request(CsiMounter.Job job, ClaimGrowth growth) throws CsiFailure {
        CsiVolume what = job.volume();
        NodeExpandVolumeRequest.Builder request = NodeExpandVolumeRequest.newBuilder()
                .setVolumeId(what.handle())
                .setVolumePath(job.client().name(paths.target(job.podUid(), what.ref())))
                .setCapacityRange(CapacityRange.newBuilder()
                        .setRequiredBytes(growth.size().amount().longValue()))
                .setVolumeCapability(CsiRequests.capability(what, job.can(), OptionalLong.empty()))
                .putAllSecrets(inputs.secrets(what.expandSecret(), "NodeExpandSecretRef"));
        if (job.stages()) {
            request.setStagingTargetPath(job.client().name(paths.staging(what.ref())));
        }
        return request.build();
    }
}
