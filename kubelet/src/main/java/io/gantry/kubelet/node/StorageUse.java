package io.gantry.kubelet.node;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.volume.PodDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures what pods have written to the node's disk.
///
/// @param logs root of the pods' logs
public record StorageUse(PodDirectories directories, Path logs) {
    private static final Logger LOG = LoggerFactory.getLogger(StorageUse.class);

    /// @param usage of all containers, as the runtime counts it
    public StorageLimits.Used of(Pod pod, List<ContainerUsage> usage) {
        PodIdentity id = PodIdentity.of(pod);
        Map<String, Long> emptyDirs = new HashMap<>();
        for (Volume volume : pod.spec().volumes()) {
            if (volume.emptyDir() != null && !"Memory".equals(volume.emptyDir().medium())) {
                emptyDirs.put(volume.name(), bytes(directories.volume(id.uid(), "empty-dir", volume.name())));
            }
        }
        Map<String, Long> containers = new HashMap<>();
        Path podLogs = logs.resolve(id.namespace() + "_" + id.name() + "_" + id.uid());
        for (PodContainer container : PodContainer.all(pod)) {
            containers.put(container.name(), bytes(podLogs.resolve(container.name())));
        }
        usage.stream()
                .filter(each -> each.pod().uid().equals(id.uid()))
                .forEach(each -> containers.merge(each.name(), each.writableBytes(), Long::sum));
        return new StorageLimits.Used(emptyDirs, containers);
    }

    /// Files come and go while they are counted: what cannot be read counts nothing.
    private static long bytes(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.find(folder, Integer.MAX_VALUE, (path, kind) -> kind.isRegularFile())) {
            return files.mapToLong(StorageUse::size).sum();
        } catch (IOException | UncheckedIOException failure) {
            LOG.debug("{} not measured: {}", folder, failure.getMessage());
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).size();
        } catch (IOException gone) {
            LOG.trace("{} is gone", file);
            return 0;
        }
    }
}
