package io.gantry.kubelet.csi;

import io.gantry.api.core.v1.node.NodeStatus;
import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.api.storage.v1.volumeattachment.VolumeError;
import io.gantry.kubelet.volume.VolumeFailure;
import io.gantry.kubelet.volume.VolumeLimitReached;
import io.gantry.kubelet.volume.VolumeNotReady;
import io.grpc.Status;
import java.util.Map;
import java.util.Optional;

/// Whether the attach/detach controller has attached a volume (upstream
/// `GenerateVerifyControllerAttachedVolumeFunc` and `WaitForAttach`). Blocks; thread-safe.
record Attachments(CsiCluster cluster, String nodeName) {
    private static final String STEP = "MountVolume.WaitForAttach";

    /// What the driver's controller told of the attachment.
    ///
    /// @param limited whether the driver's limit of volumes changes, so that a pod may be refused for it
    /// @throws VolumeNotReady while nobody has reported it attached
    Map<String, String> context(VolumeRef volume, boolean limited) throws VolumeFailure {
        NodeStatus status = cluster.node().status();
        String unique = volume.key().uniqueName();
        if (!status.volumesInUse().contains(unique)) {
            throw new VolumeNotReady(
                    volume.name(), "Volume has not been added to the list of VolumesInUse in the node's volume status");
        }
        if (status.volumesAttached().stream().noneMatch(a -> a.name().equals(unique))) {
            String why = "Volume not attached according to node status";
            throw limited && isExhausted(volume)
                    ? new VolumeLimitReached(volume.name(), why)
                    : new VolumeNotReady(volume.name(), why);
        }
        String name = name(volume);
        VolumeAttachment attachment = cluster.attachment(name)
                .orElseThrow(() -> failure(
                        volume,
                        "volume " + volume.key().handle() + " has GET error for volume attachment " + name
                                + ": volumeattachments.storage.k8s.io \"" + name + "\" not found"));
        Optional<String> problem = problem(attachment, volume);
        if (problem.isPresent()) {
            throw failure(volume, problem.get());
        }
        return attachment.status().attachmentMetadata();
    }

    private String name(VolumeRef volume) {
        return CsiNames.attachment(volume.key().driver(), volume.key().handle(), nodeName);
    }

    /// Upstream's `VerifyExhaustedResource`.
    private boolean isExhausted(VolumeRef volume) {
        return cluster.attachment(name(volume))
                .map(attachment -> attachment.status().attachError())
                .map(VolumeError::errorCode)
                .filter(code -> code == Status.Code.RESOURCE_EXHAUSTED.value())
                .isPresent();
    }

    private static VolumeFailure failure(VolumeRef volume, String why) {
        return new VolumeFailure(STEP, volume.name(), why);
    }

    private static Optional<String> problem(VolumeAttachment attachment, VolumeRef volume) {
        if (attachment.metadata().deletionTimestamp() != null) {
            return Optional.of("volume attachment is being deleted");
        }
        if (Boolean.TRUE.equals(attachment.status().attached())) {
            return Optional.empty();
        }
        if (attachment.status().attachError() != null) {
            return Optional.of(String.valueOf(attachment.status().attachError().message()));
        }
        return Optional.of("volume " + volume.key().handle() + " is not attached for volume attachment "
                + attachment.metadata().name());
    }
}
