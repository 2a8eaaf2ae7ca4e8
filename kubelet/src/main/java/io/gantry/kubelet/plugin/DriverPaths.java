package io.gantry.kubelet.plugin;

import java.nio.file.Path;

/// What a path below the kubelet's folder is called by whom. Drivers' manifests know that folder as `/var/lib/kubelet`
/// and mount it there: a driver whose socket is named so is told paths of that name; one that runs on the host and
/// names its socket as the node does is told the node's.
///
/// @param root the kubelet's own folder
public record DriverPaths(Path root) {
    /// Upstream's folder, by which manifests name it.
    public static final Path WELL_KNOWN = Path.of("/var/lib/kubelet");

    /// Where a path of a manifest or of a driver is on this node.
    public Path onNode(String path) {
        Path given = Path.of(path);
        return given.startsWith(WELL_KNOWN) && !root.startsWith(WELL_KNOWN)
                ? root.resolve(WELL_KNOWN.relativize(given))
                : given;
    }

    /// What a driver calls a path below the root.
    public Path asSeenBy(String endpoint, Path path) {
        boolean byManifest = Path.of(endpoint).startsWith(WELL_KNOWN);
        return byManifest && path.startsWith(root) ? WELL_KNOWN.resolve(root.relativize(path)) : path;
    }
}
