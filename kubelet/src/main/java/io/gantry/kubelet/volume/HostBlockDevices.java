package io.gantry.kubelet.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Block devices by the host's `blkid`, `mkfs` and `mount` (upstream `k8s.io/mount-utils`). Thread-safe.
final class HostBlockDevices implements BlockDevices {
    private static final int NOTHING_FOUND = 2;

    /// One at a time: two pods must not both find a device empty.
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public boolean isDevice(Path path) throws IOException {
        return HostPaths.isBlockDevice(path);
    }

    @Override
    public void mount(Mount mount) throws IOException {
        lock.lock();
        try {
            if (Mounts.below(mount.target()).contains(mount.target())) {
                return;
            }
            Files.createDirectories(mount.target());
            if (isEmpty(mount.device())) {
                format(mount);
            }
            List<String> options = new ArrayList<>(mount.options());
            options.add(mount.readOnly() ? "ro" : "defaults");
            check(run(
                    "mount",
                    "-t",
                    mount.fileSystem(),
                    "-o",
                    String.join(",", options),
                    mount.device().toString(),
                    mount.target().toString()));
        } finally {
            lock.unlock();
        }
    }

    /// Whether there is neither a file system nor a partition table.
    private static boolean isEmpty(Path device) throws IOException {
        Ended probe = run("blkid", "-p", "-s", "TYPE", "-s", "PTTYPE", "-o", "export", device.toString());
        if (probe.code() == NOTHING_FOUND) {
            return true;
        }
        check(probe);
        return false;
    }

    private static void format(Mount mount) throws IOException {
        if (mount.readOnly()) {
            throw new IOException(
                    "cannot mount unformatted disk " + mount.device() + " as we are manipulating it in read-only mode");
        }
        List<String> line = new ArrayList<>(List.of("mkfs." + mount.fileSystem()));
        if (mount.fileSystem().startsWith("ext")) {
            line.addAll(List.of("-F", "-m0"));
        }
        line.add(mount.device().toString());
        check(run(line.toArray(String[]::new)));
    }

    private record Ended(String line, int code, String output) {}

    private static void check(Ended ended) throws IOException {
        if (ended.code() != 0) {
            throw new IOException(ended.line() + ": exit status " + ended.code() + ": "
                    + ended.output().strip());
        }
    }

    private static Ended run(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(String.join(" ", words), process.waitFor(), output);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", words) + " interrupted", interrupted);
        } finally {
            process.destroy();
        }
    }
}
