package io.gantry.kubelet.volume;

import io.gantry.api.core.v1.pod.HostPathVolumeSource;
import io.gantry.kubelet.spec.SpecFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/// hostPath volumes: what each type demands or makes (upstream `pkg/volume/hostpath`).
final class HostPaths {
    private static final int FOLDER_MODE = 0755;
    private static final int FILE_MODE = 0644;
    private static final int FORMAT = 0170000;
    private static final int SOCKET = 0140000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;

    private HostPaths() {}

    static Path prepare(HostPathVolumeSource source) throws SpecFailure, IOException {
        Path path = Path.of(source.path());
        switch (Objects.requireNonNullElse(source.type(), "")) {
            case "DirectoryOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                    FilePermissions.set(path, FOLDER_MODE);
                }
                require(Files.isDirectory(path), path, "a directory");
            }
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                    FilePermissions.set(path, FILE_MODE);
                }
                require(Files.isRegularFile(path), path, "a file");
            }
            case "Directory" -> require(Files.isDirectory(path), path, "a directory");
            case "File" -> require(Files.isRegularFile(path), path, "a file");
            case "Socket" -> require(is(path, SOCKET), path, "a socket file");
            case "CharDevice" -> require(is(path, CHARACTER), path, "a character device");
            case "BlockDevice" -> require(is(path, BLOCK), path, "a block device");
            default -> {
                if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(path);
                }
            }
        }
        return path;
    }

    static boolean isBlockDevice(Path path) throws IOException {
        return is(path, BLOCK);
    }

    private static boolean is(Path path, int format) throws IOException {
        return Files.exists(path) && ((int) Files.getAttribute(path, "unix:mode") & FORMAT) == format;
    }

    private static void require(boolean met, Path path, String what) throws SpecFailure {
        if (!met) {
            throw new SpecFailure("hostPath type check failed: " + path + " is not " + what);
        }
    }
}
