package io.gantry.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Permission bits, the set-group bit and sticky bit included, which Java's own permissions cannot say.
final class FilePermissions {
    private static final int ALL = 07777;

    private FilePermissions() {}

    static void set(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode & ALL);
    }

    static int get(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & ALL;
    }
}
