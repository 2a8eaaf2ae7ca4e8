package io.gantry.kubelet.volume;

import java.nio.file.Path;

/// Where a pod's files are: upstream's layout below the root directory.
public record PodDirectories(Path root) {
    public Path pods() {
        return root.resolve("pods");
    }

    public Path pod(String uid) {
        return pods().resolve(uid);
    }

    /// The volumes of one kind.
    public Path volumes(String uid, String plugin) {
        return pod(uid).resolve("volumes").resolve("kubernetes.io~" + plugin);
    }

    public Path volume(String uid, String plugin, String name) {
        return volumes(uid, plugin).resolve(name);
    }

    public Path container(String uid, String name) {
        return pod(uid).resolve("containers").resolve(name);
    }

    public Path hosts(String uid) {
        return pod(uid).resolve("etc-hosts");
    }
}
