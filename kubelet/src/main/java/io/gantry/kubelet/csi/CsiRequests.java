package io.gantry.kubelet.csi;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.csi.v1.VolumeCapability;
import io.gantry.kubelet.csi.v1.VolumeCapability.AccessMode.Mode;
import io.gantry.kubelet.runtime.PodIdentity;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// What drivers are asked (upstream `csi_client.go`, `csi_util.go`). Pure.
final class CsiRequests {
    private CsiRequests() {}

    /// @param group the pod's, for drivers that give it to the files themselves
    static VolumeCapability capability(CsiVolume volume, Set<Type> can, OptionalLong group) {
        VolumeCapability.Builder capability = VolumeCapability.newBuilder()
                .setAccessMode(VolumeCapability.AccessMode.newBuilder()
                        .setMode(mode(volume.accessMode(), can.contains(Type.SINGLE_NODE_MULTI_WRITER))));
        if (volume.block()) {
            return capability
                    .setBlock(VolumeCapability.BlockVolume.getDefaultInstance())
                    .build();
        }
        VolumeCapability.MountVolume.Builder mount = VolumeCapability.MountVolume.newBuilder()
                .setFsType(volume.fsType())
                .addAllMountFlags(volume.mountOptions());
        if (can.contains(Type.VOLUME_MOUNT_GROUP) && group.isPresent()) {
            mount.setVolumeMountGroup(Long.toString(group.getAsLong()));
        }
        return capability.setMount(mount).build();
    }

    private static Mode mode(String accessMode, boolean severalWriters) {
        return switch (accessMode) {
            case "ReadWriteOnce" -> severalWriters ? Mode.SINGLE_NODE_MULTI_WRITER : Mode.SINGLE_NODE_WRITER;
            case "ReadWriteOncePod" -> severalWriters ? Mode.SINGLE_NODE_SINGLE_WRITER : Mode.SINGLE_NODE_WRITER;
            case "ReadOnlyMany" -> Mode.MULTI_NODE_READER_ONLY;
            case "ReadWriteMany" -> Mode.MULTI_NODE_MULTI_WRITER;
            default -> Mode.UNKNOWN;
        };
    }

    /// What a driver with `podInfoOnMount` is told of the pod.
    static Map<String, String> podInfo(Pod pod, boolean inline) {
        PodIdentity id = PodIdentity.of(pod);
        Map<String, String> info = new TreeMap<>();
        info.put("csi.storage.k8s.io/pod.name", id.name());
        info.put("csi.storage.k8s.io/pod.namespace", id.namespace());
        info.put("csi.storage.k8s.io/pod.uid", id.uid());
        info.put(
                "csi.storage.k8s.io/serviceAccount.name",
                Objects.requireNonNullElse(pod.spec().serviceAccountName(), ""));
        info.put("csi.storage.k8s.io/ephemeral", Boolean.toString(inline));
        return info;
    }

    /// Whether the kubelet gives the volume's files the pod's group (upstream `supportsFSGroup`).
    static boolean groupApplies(CsiVolume volume, String policy) {
        if (volume.readOnly() || volume.block() || policy.equals("None")) {
            return false;
        }
        return policy.equals("File")
                || (!volume.fsType().isEmpty()
                        && (volume.accessModes().contains("ReadWriteOnce")
                                || volume.accessModes().contains("ReadWriteOncePod")));
    }
}
