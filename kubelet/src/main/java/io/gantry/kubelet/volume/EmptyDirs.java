package io.gantry.kubelet.volume;

import io.gantry.api.core.v1.pod.EmptyDirVolumeSource;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.runtime.PodIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders that begin empty and go with their pod, on disk or in memory (upstream `pkg/volume/emptydir`). Calls for one
/// pod must not overlap.
final class EmptyDirs {
    private static final int OPEN_TO_ALL = 0777;

    private final PodDirectories directories;
    private final Mounts mounts;

    EmptyDirs(PodDirectories directories, Mounts mounts) {
        this.directories = directories;
        this.mounts = mounts;
    }

    /// Makes the folder where it is missing; returns where it is.
    Path setUp(Pod pod, String name, EmptyDirVolumeSource source) throws IOException {
        Path path = directories.volume(PodIdentity.of(pod).uid(), "empty-dir", name);
        if ("Memory".equals(source.medium()) ? inMemory(path, source) : onDisk(path)) {
            Ownership.of(pod).apply(path, false);
        }
        return path;
    }

    /// Says whether the folder is new. A tmpfs keeps the mode that the kernel gives it: the sticky bit is set.
    private boolean inMemory(Path path, EmptyDirVolumeSource source) throws IOException {
        Quantity limit = source.sizeLimit();
        return mounts.tmpfs(path, limit == null ? "" : "size=" + limit.value());
    }

    private static boolean onDisk(Path path) throws IOException {
        if (Files.exists(path)) {
            return false;
        }
        Files.createDirectories(path);
        FilePermissions.set(path, OPEN_TO_ALL);
        return true;
    }
}
