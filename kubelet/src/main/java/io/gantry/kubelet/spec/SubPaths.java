package io.gantry.kubelet.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Paths inside volumes (upstream `pkg/volume/util/subpath`). What is missing is made a folder with the volume's own
/// mode and group; whatever links say, nothing outside the volume is made or found.
final class SubPaths {
    private static final int MODE = 07777;

    private SubPaths() {}

    /// Where the sub path really is.
    ///
    /// @throws IOException where it leads out of the volume, or nowhere
    static Path resolve(Path volume, String sub) throws IOException {
        Path relative = Path.of(sub);
        if (relative.isAbsolute() || List.of(sub.split("/")).contains("..")) {
            throw new IOException("path \"" + sub + "\" is not inside the volume");
        }
        Path root = volume.toRealPath();
        Path at = root;
        for (Path part : relative.normalize()) {
            Path next = at.resolve(part);
            if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                make(next, root);
            }
            at = next.toRealPath();
            if (!at.startsWith(root)) {
                throw new IOException("path \"" + sub + "\" leads out of the volume, to " + at);
            }
        }
        return at;
    }

    private static void make(Path folder, Path volume) throws IOException {
        Files.createDirectory(folder);
        Files.setAttribute(folder, "unix:gid", Files.getAttribute(volume, "unix:gid"));
        Files.setAttribute(folder, "unix:mode", (int) Files.getAttribute(volume, "unix:mode") & MODE);
    }
}
