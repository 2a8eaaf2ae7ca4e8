package io.gantry.kubelet.cgroup;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.pod.Qos;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.spec.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cgroups as upstream lays them out: `kubepods`, below it one for each of the lower QoS classes, below those one for
/// each pod. Works on version 1 (one tree a controller) and version 2 (one tree). Thread-safe.
public final class CgroupTree implements PodCgroups {
    private static final Logger LOG = LoggerFactory.getLogger(CgroupTree.class);
    private static final long BEST_EFFORT_SHARES = 2;
    private static final List<String> V2_CONTROLLERS = List.of("cpu", "memory", "pids", "cpuset");

    private final Path mount;
    private final String root;
    private final boolean unified;
    private final Map<String, Long> burstableMilliCpu = new ConcurrentHashMap<>();
    private volatile boolean broken;

    /// @param mount where cgroups are mounted, `/sys/fs/cgroup`
    /// @param root below which `kubepods` is made; empty for the top
    public CgroupTree(Path mount, String root) {
        this.mount = mount;
        this.root = root.isEmpty() || root.equals("/") ? "" : root.startsWith("/") ? root : "/" + root;
        this.unified = Files.exists(mount.resolve("cgroup.controllers"));
    }

    @Override
    public String create(Pod pod) {
        if (broken) {
            return "";
        }
        Qos qos = Qos.of(pod);
        String path = path(qos, PodIdentity.of(pod).uid());
        try {
            if (qos == Qos.Burstable) {
                burstableMilliCpu.put(PodIdentity.of(pod).uid(), milliCpu(pod));
            }
            applyClass(qos);
            apply(path, limits(pod));
            return path;
        } catch (IOException failure) {
            if (exists(path)) {
                LOG.warn("limits of cgroup {} stay as they were: {}", path, failure.getMessage());
                return path;
            }
            LOG.warn("pods get no cgroup of their own: {}", failure.getMessage());
            broken = true;
            return "";
        }
    }

    private boolean exists(String path) {
        return Files.isDirectory(unified ? mount.resolve(path.substring(1)) : mount.resolve("memory" + path));
    }

    @Override
    public void widen(Pod before, Pod after) {
        String path = path(Qos.of(after), PodIdentity.of(after).uid());
        if (broken || !exists(path)) {
            return;
        }
        try {
            apply(path, limits(before).widest(limits(after)));
        } catch (IOException failure) {
            LOG.warn("cgroup {} is not widened: {}", path, failure.getMessage());
        }
    }

    private String path(Qos qos, String uid) {
        return classPath(qos) + "/pod" + uid;
    }

    private String classPath(Qos qos) {
        String top = root + "/kubepods";
        return qos == Qos.Guaranteed ? top : top + "/" + qos.name().toLowerCase(Locale.ROOT);
    }

    private void applyClass(Qos qos) throws IOException {
        switch (qos) {
            case BestEffort -> apply(classPath(qos), new Limits(BEST_EFFORT_SHARES, 0, 0));
            case Burstable -> {
                long milli = burstableMilliCpu.values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                apply(classPath(qos), new Limits(Resources.shares(milli), 0, 0));
            }
            case Guaranteed -> {}
        }
    }

    /// Limits of a cgroup; 0 leaves one unset.
    record Limits(long shares, long quotaMicros, long memoryBytes) {
        Limits widest(Limits other) {
            return new Limits(
                    Math.max(shares, other.shares),
                    widest(quotaMicros, other.quotaMicros),
                    widest(memoryBytes, other.memoryBytes));
        }

        private static long widest(long a, long b) {
            return a == 0 || b == 0 ? 0 : Math.max(a, b);
        }
    }

    /// A pod is limited where it is as a whole, or where each of its containers is.
    static Limits limits(Pod pod) {
        return new Limits(
                Resources.shares(milliCpu(pod)), Resources.quota(total(pod, "cpu", true)), total(pod, "memory", false));
    }

    private static long milliCpu(Pod pod) {
        ResourceRequirements whole = pod.spec().resources();
        if (whole != null && whole.requests().containsKey("cpu")) {
            return PodResources.requests(pod).getOrDefault("cpu", Quantity.ZERO).milliValue();
        }
        return pod.spec().containers().stream()
                        .map(c -> Qos.requests(c).getOrDefault("cpu", Quantity.ZERO))
                        .mapToLong(Quantity::milliValue)
                        .sum()
                + pod.spec().overhead().getOrDefault("cpu", Quantity.ZERO).milliValue();
    }

    private static long total(Pod pod, String resource, boolean milli) {
        ResourceRequirements whole = pod.spec().resources();
        if (whole != null
                && !whole.limits().getOrDefault(resource, Quantity.ZERO).equals(Quantity.ZERO)) {
            Quantity limit = PodResources.limits(pod.spec()).getOrDefault(resource, Quantity.ZERO);
            return milli ? limit.milliValue() : limit.value();
        }
        List<Container> all = new ArrayList<>(pod.spec().containers());
        all.addAll(pod.spec().initContainers());
        if (all.stream().anyMatch(c -> !Qos.limits(c).containsKey(resource))) {
            return 0;
        }
        long running = pod.spec().containers().stream()
                .mapToLong(c -> amount(c, resource, milli))
                .sum();
        long initial = pod.spec().initContainers().stream()
                .mapToLong(c -> amount(c, resource, milli))
                .max()
                .orElse(0);
        Quantity overhead = pod.spec().overhead().getOrDefault(resource, Quantity.ZERO);
        return Math.max(running, initial) + (milli ? overhead.milliValue() : overhead.value());
    }

    private static long amount(Container container, String resource, boolean milli) {
        Quantity limit = Qos.limits(container).getOrDefault(resource, Quantity.ZERO);
        return milli ? limit.milliValue() : limit.value();
    }

    private void apply(String path, Limits limits) throws IOException {
        if (unified) {
            Path folder = delegated(path);
            write(folder, "cpu.weight", Long.toString(1 + (limits.shares() - 2) * 9999 / 262_142));
            write(
                    folder,
                    "cpu.max",
                    (limits.quotaMicros() == 0 ? "max" : Long.toString(limits.quotaMicros())) + " "
                            + Resources.QUOTA_PERIOD_MICROS);
            write(folder, "memory.max", limits.memoryBytes() == 0 ? "max" : Long.toString(limits.memoryBytes()));
            return;
        }
        Path cpu = mount.resolve("cpu" + path);
        Files.createDirectories(cpu);
        write(cpu, "cpu.shares", Long.toString(limits.shares()));
        if (limits.quotaMicros() > 0) {
            write(cpu, "cpu.cfs_period_us", Long.toString(Resources.QUOTA_PERIOD_MICROS));
            write(cpu, "cpu.cfs_quota_us", Long.toString(limits.quotaMicros()));
        }
        Path memory = mount.resolve("memory" + path);
        Files.createDirectories(memory);
        if (limits.memoryBytes() > 0) {
            write(memory, "memory.limit_in_bytes", Long.toString(limits.memoryBytes()));
        }
    }

    /// Makes the folder and hands the controllers down to it.
    private Path delegated(String path) throws IOException {
        Path folder = mount;
        for (String name : path.substring(1).split("/")) {
            for (String controller : V2_CONTROLLERS) {
                write(folder, "cgroup.subtree_control", "+" + controller);
            }
            folder = folder.resolve(name);
            Files.createDirectories(folder);
        }
        return folder;
    }

    private static void write(Path folder, String file, String value) throws IOException {
        Path path = folder.resolve(file);
        if (Files.exists(path)) {
            Files.writeString(path, value);
        }
    }

    @Override
    public void remove(String podUid) {
        burstableMilliCpu.remove(podUid);
        try {
            for (Path tree : trees()) {
                for (Qos qos : Qos.values()) {
                    removeFolder(tree.resolve(path(qos, podUid).substring(1)));
                }
            }
        } catch (IOException failure) {
            LOG.debug("cgroup of pod {} not removed: {}", podUid, failure.getMessage());
        }
    }

    private List<Path> trees() throws IOException {
        if (unified) {
            return List.of(mount);
        }
        try (Stream<Path> folders = Files.list(mount)) {
            return folders.filter(f -> Files.isDirectory(f) && !Files.isSymbolicLink(f))
                    .toList();
        }
    }

    private static void removeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.filter(Files::isDirectory).toList()) {
                removeFolder(child);
            }
        }
        Files.delete(folder);
    }
}
