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

    public Path volume(String uid, String plugin, String name) {
        return pod(uid).resolve("volumes").resolve("kubernetes.io~" + plugin).resolve(name);
    }

    public Path container(String uid, String name) {
        return pod(uid).resolve("containers").resolve(name);
    }

    public Path hosts(String uid) {
        return pod(uid).resolve("etc-hosts");
    }
}
