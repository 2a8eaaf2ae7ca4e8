package io.gantry.kubelet.csi;

import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.volume.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Has drivers take volumes down, and removes what is remembered of them (upstream `UnmountDevice`,
/// `TearDownAt`). Every step can be done twice. Blocks; calls for one volume must not overlap.
record CsiUnmounter(CsiPaths paths, DriverSource drivers) {
    /// Where drivers are reached.
    interface DriverSource {
        DriverClient client(String driver) throws CsiFailure;
    }

    /// Nothing happens where nothing was published.
    void unpublish(String podUid, VolumeRef ref) throws CsiFailure, IOException {
        Path link = paths.podDevices(podUid).resolve(ref.name());
        if (ref.block() ? !Files.isSymbolicLink(link) : !VolumeData.isIn(paths.published(podUid, ref))) {
            return;
        }
        try (DriverClient client = drivers.client(ref.key().driver())) {
            client.unpublish(ref.key().handle(), paths.target(podUid, ref));
        }
        forgetPublished(podUid, ref);
    }

    void forgetPublished(String podUid, VolumeRef ref) throws IOException {
        Path target = paths.target(podUid, ref);
        if (!removed(target)) {
            throw new IOException(target + " is still mounted");
        }
        if (ref.block()) {
            Files.deleteIfExists(paths.podDevices(podUid).resolve(ref.name()));
            return;
        }
        Path folder = paths.published(podUid, ref);
        VolumeData.remove(folder);
        Files.deleteIfExists(folder);
    }

    /// Drivers should remove what they made; those that do not are helped. False where it is a mount still.
    private static boolean removed(Path target) throws IOException {
        if (Mounts.below(target).contains(target)) {
            return false;
        }
        Files.deleteIfExists(target);
        return true;
    }

    /// Nothing happens where nothing was staged.
    void unstage(VolumeRef ref) throws CsiFailure, IOException {
        if (!VolumeData.isIn(paths.staged(ref))) {
            return;
        }
        try (DriverClient client = drivers.client(ref.key().driver())) {
            if (Files.exists(paths.staging(ref)) && client.capabilities().contains(Type.STAGE_UNSTAGE_VOLUME)) {
                client.unstage(ref.key().handle(), paths.staging(ref));
            }
        }
        forgetStaged(ref);
    }

    void forgetStaged(VolumeRef ref) throws IOException {
        if (!removed(paths.staging(ref))) {
            throw new IOException(paths.staging(ref) + " is still mounted");
        }
        Path folder = paths.staged(ref);
        VolumeData.remove(folder);
        Files.deleteIfExists(folder);
        if (ref.block()) {
            Files.deleteIfExists(folder.getParent());
            Files.deleteIfExists(paths.target("", ref));
        }
    }
}
