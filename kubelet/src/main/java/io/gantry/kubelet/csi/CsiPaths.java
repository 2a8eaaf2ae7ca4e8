package io.gantry.kubelet.csi;

import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.kubelet.volume.PodDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where volumes of drivers are: upstream's layout.
record CsiPaths(PodDirectories directories) {
    private static final String PLUGIN = "csi";

    /// Makes the folders that manifests of drivers expect on every node.
    void make() throws IOException {
        Files.createDirectories(directories.root().resolve("plugins"));
        Files.createDirectories(directories.pods());
    }

    /// Everything of drivers that is not a pod's.
    Path plugin() {
        return directories.root().resolve("plugins").resolve("kubernetes.io").resolve(PLUGIN);
    }

    private Path devices() {
        return plugin().resolve("volumeDevices");
    }

    /// The pod's volumes with files: a folder for each.
    Path podVolumes(String podUid) {
        return directories.volumes(podUid, PLUGIN);
    }

    /// The pod's volumes that are devices: a link for each.
    Path podDevices(String podUid) {
        return directories.pod(podUid).resolve("volumeDevices").resolve("kubernetes.io~" + PLUGIN);
    }

    /// What a driver is asked to publish.
    Path target(String podUid, VolumeRef volume) {
        return volume.block()
                ? devices().resolve("publish").resolve(volume.name()).resolve(podUid)
                : podVolumes(podUid).resolve(volume.name()).resolve("mount");
    }

    /// The folder of what is remembered of a pod's volume.
    Path published(String podUid, VolumeRef volume) {
        return volume.block() ? staged(volume) : podVolumes(podUid).resolve(volume.name());
    }

    /// Where the volume of a driver that stages is, for all pods.
    Path staging(VolumeRef volume) {
        return volume.block()
                ? devices().resolve("staging").resolve(volume.name())
                : staged(volume).resolve("globalmount");
    }

    /// The folder of what is remembered of a volume that is staged.
    Path staged(VolumeRef volume) {
        return volume.block()
                ? deviceData(volume.name())
                : plugin().resolve(volume.key().driver())
                        .resolve(CsiNames.sha256(volume.key().handle()));
    }

    Path deviceData(String name) {
        return devices().resolve(name).resolve("data");
    }
}
