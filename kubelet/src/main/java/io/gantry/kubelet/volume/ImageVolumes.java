package io.gantry.kubelet.volume;

import io.gantry.component.Counts;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ImageView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Volumes that are images (KEP-4639): the image's files, read-only, mounted when the first container that uses them
/// starts and as they were then until the pod goes. Calls for one pod must not overlap.
final class ImageVolumes {
    private static final String PLUGIN = "image";

    private final ContainerRuntime runtime;
    private final PodDirectories directories;
    private final Mounts mounts;
    private final Counts requested = Counts.counter("kubelet_image_volume_requested_total");
    private final Counts succeeded = Counts.counter("kubelet_image_volume_mounted_succeed_total");
    private final Counts failed = Counts.counter("kubelet_image_volume_mounted_errors_total");

    ImageVolumes(ContainerRuntime runtime, PodDirectories directories, Mounts mounts) {
        this.runtime = runtime;
        this.directories = directories;
        this.mounts = mounts;
    }

    /// The folder that the image is mounted on later.
    Path prepare(String podUid, String volume) throws IOException {
        Path folder = folder(podUid, volume);
        Files.createDirectories(folder);
        return folder;
    }

    /// Mounts an image that is on the node, unless it is mounted.
    void mount(String podUid, String volume, String image) throws IOException {
        Path folder = folder(podUid, volume);
        if (Mounts.below(folder).contains(folder)) {
            return;
        }
        requested.of().increment();
        boolean mounted = false;
        try {
            ImageView view = runtime.viewImage(image, key(podUid, volume));
            mounts.view(view, folder);
            mounted = true;
        } finally {
            (mounted ? succeeded : failed).of().increment();
        }
    }

    /// Prometheus text.
    String metrics() {
        return requested.text() + succeeded.text() + failed.text();
    }

    /// Gives back what the pod's volumes held; they are unmounted already.
    void release(String podUid) throws IOException {
        Path parent = directories.volumes(podUid, PLUGIN);
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> folders = Files.list(parent)) {
            List<String> volumes =
                    folders.map(folder -> folder.getFileName().toString()).toList();
            volumes.forEach(volume -> runtime.releaseImageView(key(podUid, volume)));
        }
    }

    private Path folder(String podUid, String volume) {
        return directories.volume(podUid, PLUGIN, volume);
    }

    private static String key(String podUid, String volume) {
        return "image-volume/" + podUid + "/" + volume;
    }
}
