package io.gantry.kubelet.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What does not change while the machine runs.
public record MachineFacts(
        int cpus,
        long memoryBytes,
        long diskBytes,
        String machineId,
        String systemUuid,
        String bootId,
        String kernelVersion,
        String osImage,
        String architecture) {
    private static final Logger LOG = LoggerFactory.getLogger(MachineFacts.class);
    private static final long KIB = 1024;

    /// Reads them.
    ///
    /// @param root a folder on the file system that pods use
    public static MachineFacts read(Path root) throws IOException {
        String arch = System.getProperty("os.arch", "amd64");
        return new MachineFacts(
                Runtime.getRuntime().availableProcessors(),
                memoryInfo().getOrDefault("MemTotal", 0L),
                Files.getFileStore(root).getTotalSpace(),
                text("/etc/machine-id"),
                text("/sys/class/dmi/id/product_uuid"),
                text("/proc/sys/kernel/random/boot_id"),
                text("/proc/sys/kernel/osrelease"),
                prettyName(),
                arch.equals("aarch64") ? "arm64" : arch);
    }

    /// `/proc/meminfo` in bytes.
    public static Map<String, Long> memoryInfo() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo"), StandardCharsets.UTF_8).stream()
                .map(line -> line.split("[:\\s]+"))
                .filter(words -> words.length >= 2)
                .collect(Collectors.toMap(words -> words[0], words -> Long.parseLong(words[1]) * KIB, (a, b) -> a));
    }

    private static String prettyName() {
        return text("/etc/os-release")
                .lines()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
    }

    private static String text(String file) {
        try {
            return Files.isReadable(Path.of(file))
                    ? Files.readString(Path.of(file)).trim()
                    : "";
        } catch (IOException failure) {
            LOG.debug("cannot read {}", file, failure);
            return "";
        }
    }
}
