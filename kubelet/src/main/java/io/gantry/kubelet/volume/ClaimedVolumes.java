package io.gantry.kubelet.volume;

import io.gantry.api.core.v1.persistentvolume.LocalVolumeSource;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.spec.SpecFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Volumes that pods have through claims: folders of the host, and local volumes, whose path is a folder or a block
/// device (upstream `pkg/volume/local`). A device is mounted with its file system, made where there is none, or given
/// to containers as it is. Thread-safe.
final class ClaimedVolumes {
    private static final String BLOCK = "Block";
    private static final String PLUGIN = "local-volume";

    private final Claims claims;
    private final PodDirectories directories;
    private final NodeVolumes provisioned;
    private final BlockDevices devices;
    private final Drivers drivers;

    /// The pods that have each local volume, by the volume's name: the first one gives it its group.
    private final Map<String, Set<String>> users = new HashMap<>();

    /// Where claims and volumes are looked up.
    record Claims(
            BiFunction<String, String, Optional<PersistentVolumeClaim>> claim,
            Function<String, Optional<PersistentVolume>> volume) {}

    /// A pod's volume.
    ///
    /// @param volume its name in the pod
    record Wanted(Pod pod, String volume, String claim, boolean readOnly) {
        private String namespace() {
            return PodIdentity.of(pod).namespace();
        }

        private String podUid() {
            return PodIdentity.of(pod).uid();
        }
    }

    /// Mounts the volumes of drivers.
    interface Drivers {
        Path setUp(Pod pod, PersistentVolume volume, PersistentVolumeClaim claim, boolean readOnly)
                throws VolumeFailure;
    }

    ClaimedVolumes(
            Claims claims, PodDirectories directories, NodeVolumes provisioned, BlockDevices devices, Drivers drivers) {
        this.claims = claims;
        this.directories = directories;
        this.provisioned = provisioned;
        this.devices = devices;
        this.drivers = drivers;
    }

    /// Sets the volume up; returns where it is: a folder, or a device where its mode is `Block`.
    Path setUp(Wanted wanted) throws SpecFailure, IOException, VolumeFailure {
        PersistentVolumeClaim claim = bound(wanted);
        PersistentVolume volume = volume(claim);
        boolean block = BLOCK.equals(volume.spec().volumeMode());
        checkMode(wanted, block);
        if (volume.spec().csi() != null) {
            return drivers.setUp(wanted.pod(), volume, claim, wanted.readOnly());
        }
        if (volume.spec().hostPath() != null && !block) {
            return HostPaths.prepare(volume.spec().hostPath());
        }
        LocalVolumeSource local = volume.spec().local();
        if (local == null) {
            throw new SpecFailure("persistent volume " + volume.metadata().name() + " is of a kind that this kubelet"
                    + " cannot mount" + (block ? " as a block device" : ""));
        }
        return block ? device(local) : folder(wanted, volume, local);
    }

    /// The pod is gone, and its mounts are.
    synchronized void release(String podUid) {
        users.values().forEach(pods -> pods.remove(podUid));
        users.values().removeIf(Set::isEmpty);
    }

    private PersistentVolumeClaim bound(Wanted wanted) throws SpecFailure {
        PersistentVolumeClaim claim = claims.claim()
                .apply(wanted.namespace(), wanted.claim())
                .orElseThrow(() -> new SpecFailure("persistentvolumeclaim \"" + wanted.claim() + "\" not found"));
        if (!"Bound".equals(claim.status().phase()) || volumeName(claim).isEmpty()) {
            throw new SpecFailure("PVC " + wanted.namespace() + "/" + wanted.claim() + " is not bound");
        }
        return claim;
    }

    private static String volumeName(PersistentVolumeClaim claim) {
        return Objects.requireNonNullElse(claim.spec().volumeName(), "");
    }

    private PersistentVolume volume(PersistentVolumeClaim claim) throws SpecFailure {
        return claims.volume()
                .apply(volumeName(claim))
                .orElseThrow(() -> new SpecFailure("persistentvolume \"" + volumeName(claim) + "\" not found"));
    }

    private static void checkMode(Wanted wanted, boolean block) throws SpecFailure {
        boolean mounted =
                PodContainer.all(wanted.pod()).stream().anyMatch(container -> container.mounts(wanted.volume()));
        boolean given =
                PodContainer.all(wanted.pod()).stream().anyMatch(container -> container.hasDevice(wanted.volume()));
        if (block ? mounted : given) {
            throw new SpecFailure("volume " + wanted.volume() + " has volumeMode " + (block ? BLOCK : "Filesystem")
                    + ", but is specified in " + (block ? "volumeMounts" : "volumeDevices"));
        }
    }

    private Path device(LocalVolumeSource local) throws SpecFailure, IOException {
        Path path = Path.of(local.path());
        if (!devices.isDevice(path)) {
            throw new SpecFailure("path \"" + path + "\" is not a block device");
        }
        return path.toRealPath();
    }

    private Path folder(Wanted wanted, PersistentVolume volume, LocalVolumeSource local)
            throws SpecFailure, IOException {
        Path path = Path.of(local.path());
        provisioned.prepare(path);
        if (!Files.exists(path)) {
            throw new SpecFailure("path \"" + path + "\" does not exist");
        }
        String name = Objects.requireNonNullElse(volume.metadata().name(), "");
        Path folder = path;
        if (devices.isDevice(path)) {
            folder = directories.volume(wanted.podUid(), PLUGIN, name);
            devices.mount(new BlockDevices.Mount(
                    path,
                    folder,
                    local.fsType() == null || local.fsType().isEmpty() ? "ext4" : local.fsType(),
                    volume.spec().mountOptions(),
                    wanted.readOnly()));
        } else if (!Files.isDirectory(path)) {
            throw new SpecFailure("only directory and block device are supported");
        }
        if (isFirst(name, wanted.podUid()) && !wanted.readOnly()) {
            Ownership.of(wanted.pod()).apply(folder, false);
        }
        return folder;
    }

    /// Whether no pod of this node has the volume yet; this one has it now.
    private synchronized boolean isFirst(String volume, String podUid) {
        Set<String> pods = users.computeIfAbsent(volume, fresh -> new HashSet<>());
        boolean first = pods.isEmpty();
        pods.add(podUid);
        return first;
    }
}
