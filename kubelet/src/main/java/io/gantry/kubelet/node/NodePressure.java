package io.gantry.kubelet.node;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much memory and disk there is beside what there must be, and which pod goes when it is less (upstream
/// `pkg/kubelet/eviction/helpers.go`).
public final class NodePressure {
    static final String MEMORY = "memory";
    static final String STORAGE = "ephemeral-storage";

    private static final Logger LOG = LoggerFactory.getLogger(NodePressure.class);
    private static final int SYSTEM_CRITICAL = 2_000_000_000;

    private NodePressure() {}

    /// How much there is of something and how much there must be, in bytes.
    public record Level(long available, long threshold) {
        static final Level ENOUGH = new Level(Long.MAX_VALUE, 0);

        boolean isShort() {
            return available < threshold;
        }

        /// The second one if only that is short.
        static Level shorter(Level first, Level second) {
            return !first.isShort() && second.isShort() ? second : first;
        }
    }

    /// What there is of memory and disk.
    public record Levels(Level memory, Level disk) {
        boolean isMemoryShort() {
            return memory.isShort();
        }

        boolean isDiskShort() {
            return disk.isShort();
        }
    }

    /// How much pods take, in bytes.
    interface Use {
        long pod(Pod pod);

        /// By container name.
        Map<String, Long> containers(Pod pod);
    }

    /// What is there now.
    ///
    /// @param root a folder on the file system that pods use
    /// @param images a folder on the file system of images
    public static Levels read(EvictionThresholds thresholds, Path root, Path images) {
        try {
            Map<String, Long> memory = MachineFacts.memoryInfo();
            Level disk = disk(root, thresholds.disk());
            return new Levels(
                    new Level(
                            memory.getOrDefault("MemAvailable", Long.MAX_VALUE),
                            thresholds.memory().of(memory.getOrDefault("MemTotal", 0L))),
                    Level.shorter(disk, disk(images, thresholds.images())));
        } catch (IOException failure) {
            LOG.debug("pressure not known", failure);
            return new Levels(Level.ENOUGH, Level.ENOUGH);
        }
    }

    private static Level disk(Path folder, EvictionThresholds.Threshold threshold) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        return new Level(disk.getUsableSpace(), threshold.of(disk.getTotalSpace()));
    }

    static Use ofMemory(List<ContainerUsage> usage) {
        return new Use() {
            @Override
            public long pod(Pod pod) {
                return containers(pod).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
            }

            @Override
            public Map<String, Long> containers(Pod pod) {
                String uid = PodIdentity.of(pod).uid();
                Map<String, Long> bytes = new HashMap<>();
                usage.stream()
                        .filter(each -> each.pod().uid().equals(uid))
                        .forEach(each -> bytes.merge(each.name(), each.workingSetBytes(), Long::sum));
                return bytes;
            }
        };
    }

    static Use ofStorage(Function<Pod, StorageLimits.Used> measure) {
        Map<Pod, StorageLimits.Used> measured = new HashMap<>();
        return new Use() {
            private StorageLimits.Used used(Pod pod) {
                return measured.computeIfAbsent(pod, measure);
            }

            @Override
            public long pod(Pod pod) {
                return used(pod).total();
            }

            @Override
            public Map<String, Long> containers(Pod pod) {
                return used(pod).containers();
            }
        };
    }

    /// The pod to end: those above their request first, then the lowest priority, then the most above. Critical pods
    /// stay, and those from files.
    static Optional<Pod> victim(List<Pod> pods, Use use, String resource) {
        return pods.stream()
                .filter(pod -> priority(pod) < SYSTEM_CRITICAL && isOfApi(pod))
                .min(Comparator.<Pod>comparingInt(pod -> above(pod, use, resource) > 0 ? 0 : 1)
                        .thenComparingInt(NodePressure::priority)
                        .thenComparing(Comparator.<Pod>comparingLong(pod -> above(pod, use, resource))
                                .reversed()));
    }

    private static boolean isOfApi(Pod pod) {
        return pod.metadata()
                .annotations()
                .getOrDefault("kubernetes.io/config.source", "api")
                .equals("api");
    }

    private static int priority(Pod pod) {
        return Objects.requireNonNullElse(pod.spec().priority(), 0);
    }

    private static long above(Pod pod, Use use, String resource) {
        return use.pod(pod)
                - PodResources.requests(pod)
                        .getOrDefault(resource, Quantity.ZERO)
                        .value();
    }

    /// Why the pod goes, in upstream's words (`evictionMessage`).
    static String message(Pod pod, Use use, Level level, String resource) {
        StringBuilder message = new StringBuilder("The node was low on resource: " + resource
                + ". Threshold quantity: " + bytes(level.threshold()) + ", available: "
                + bytes(level.available()) + ". ");
        Map<String, Long> used = use.containers(pod);
        Stream.concat(pod.spec().containers().stream(), pod.spec().initContainers().stream())
                .filter(container -> used.getOrDefault(container.name(), 0L)
                        > request(container, resource).value())
                .forEach(container -> message.append("Container ")
                        .append(container.name())
                        .append(" was using ")
                        .append(bytes(used.getOrDefault(container.name(), 0L)))
                        .append(", request is ")
                        .append(request(container, resource).canonical())
                        .append(", has larger consumption of ")
                        .append(resource)
                        .append(". "));
        return message.toString();
    }

    private static Quantity request(Container container, String resource) {
        return PodResources.requestsOf(container.resources()).getOrDefault(resource, Quantity.ZERO);
    }

    private static String bytes(long bytes) {
        return Quantity.ofBytes(bytes).canonical();
    }
}
