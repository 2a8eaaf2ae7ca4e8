package io.gantry.kubelet.csi;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.kubelet.csi.v1.NodePublishVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.csi.v1.NodeStageVolumeRequest;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.volume.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Has volumes staged for the node and published for pods by their driver (upstream `csi_attacher.go`,
/// `csi_mounter.go`, `csi_block.go`). Every step can be done twice. Blocks; calls for one volume must not overlap.
final class CsiMounter {
    private final CsiPaths paths;
    private final MountInputs inputs;
    private final CsiUnmounter unmounter;
    private final String nodeName;

    CsiMounter(CsiPaths paths, MountInputs inputs, CsiUnmounter unmounter, String nodeName) {
        this.paths = paths;
        this.inputs = inputs;
        this.unmounter = unmounter;
        this.nodeName = nodeName;
    }

    /// One mount.
    ///
    /// @param driver its CSIDriver object, where there is one
    /// @param context what attaching told
    /// @param can the driver's capabilities
    record Job(
            Pod pod,
            CsiVolume volume,
            Optional<CSIDriver> driver,
            Map<String, String> context,
            DriverClient client,
            Set<Type> can) {
        String podUid() {
            return PodIdentity.of(pod).uid();
        }

        OptionalLong group() {
            Ownership ownership = Ownership.of(pod);
            return ownership.isSet() ? OptionalLong.of(ownership.group()) : OptionalLong.empty();
        }

        boolean stages() {
            return !volume.inline() && can.contains(Type.STAGE_UNSTAGE_VOLUME);
        }
    }

    void stage(Job job) throws CsiFailure, IOException {
        CsiVolume volume = job.volume();
        VolumeRef ref = volume.ref();
        Path staging = paths.staging(ref);
        if (!job.stages()) {
            return;
        }
        NodeStageVolumeRequest request = NodeStageVolumeRequest.newBuilder()
                .setVolumeId(volume.handle())
                .putAllPublishContext(job.context())
                .setStagingTargetPath(job.client().name(staging))
                .setVolumeCapability(CsiRequests.capability(volume, job.can(), job.group()))
                .putAllSecrets(inputs.secrets(volume.stageSecret(), "NodeStageSecretRef"))
                .putAllVolumeContext(volume.attributes())
                .build();
        Files.createDirectories(staging);
        VolumeData.write(paths.staged(ref), VolumeData.staged(ref));
        try {
            job.client().stage(request);
        } catch (CsiFailure failure) {
            if (failure.isFinal()) {
                unmounter.forgetStaged(ref);
            }
            throw failure;
        }
    }

    /// Publishes for the pod; returns where the volume is now.
    Path publish(Job job, boolean again) throws CsiFailure, IOException {
        CsiVolume volume = job.volume();
        VolumeRef ref = volume.ref();
        checkLifecycle(job);
        Path target = paths.target(job.podUid(), ref);
        NodePublishVolumeRequest.Builder request = NodePublishVolumeRequest.newBuilder()
                .setVolumeId(volume.handle())
                .putAllPublishContext(job.context())
                .setTargetPath(job.client().name(target))
                .setVolumeCapability(CsiRequests.capability(volume, job.can(), job.group()))
                .setReadonly(volume.readOnly())
                .putAllSecrets(inputs.publishSecrets(job.pod(), volume, job.driver()))
                .putAllVolumeContext(inputs.attributes(job.pod(), volume, job.driver()));
        if (job.stages()) {
            request.setStagingTargetPath(job.client().name(paths.staging(ref)));
        }
        remember(job.podUid(), ref, target);
        try {
            job.client().publish(request.build());
        } catch (CsiFailure failure) {
            if (failure.isFinal() && !again) {
                unmounter.forgetPublished(job.podUid(), ref);
            }
            throw failure;
        }
        giveGroup(job, target);
        return target;
    }

    private void checkLifecycle(Job job) throws CsiFailure {
        String mode = job.volume().ref().lifecycleMode();
        String what = "volume mode \"" + mode + "\" not supported by driver "
                + job.volume().driver();
        List<String> modes =
                job.driver().map(d -> d.spec().volumeLifecycleModes()).orElse(List.of("Persistent"));
        if (!modes.contains(mode)) {
            throw new CsiFailure(
                    CsiDrivers.PREFIX + "mounter.SetupAt failed to check volume lifecycle mode: " + what
                            + (job.driver().isPresent()
                                    ? " (only supports " + CsiDrivers.quoted(modes) + ")"
                                    : " (no CSIDriver object)"),
                    true);
        }
    }

    /// Written down before the driver begins, so that what it did by half can be undone.
    private void remember(String podUid, VolumeRef ref, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        VolumeData.write(paths.published(podUid, ref), VolumeData.published(ref, nodeName));
        Path link = paths.podDevices(podUid).resolve(ref.name());
        if (ref.block() && !Files.isSymbolicLink(link)) {
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, target);
        }
    }

    private static void giveGroup(Job job, Path target) throws IOException {
        String policy = job.driver()
                .map(driver -> driver.spec().fsGroupPolicy())
                .filter(Objects::nonNull)
                .orElse("ReadWriteOnceWithFSType");
        if (!job.can().contains(Type.VOLUME_MOUNT_GROUP) && CsiRequests.groupApplies(job.volume(), policy)) {
            Ownership.of(job.pod()).apply(target, false);
        }
    }
}
