package io.gantry.kubelet.server;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.node.MachineFacts;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the node and its containers use: `/stats/summary` and `/metrics/resource`. Rates come from the
/// difference to the reading before. Thread-safe.
public final class Stats {
    private static final Logger LOG = LoggerFactory.getLogger(Stats.class);
    private static final long NANOS_PER_TICK = 10_000_000L;
    private static final Duration SHORTEST = Duration.ofMillis(500);

    /// A mean over a longer time says nothing about now.
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private record Reading(Instant at, long cpuNanos, OptionalLong nanoCores) {}

    private record Used(ContainerUsage usage, Reading reading) {}

    private final String nodeName;
    private final ContainerRuntime runtime;
    private final VolumeStats volumes;
    private final Clock clock;
    private final Instant started;
    private Map<String, Reading> readings = new HashMap<>();

    public Stats(String nodeName, ContainerRuntime runtime, VolumeStats volumes, Clock clock) {
        this.nodeName = nodeName;
        this.runtime = runtime;
        this.volumes = volumes;
        this.clock = clock;
        this.started = clock.instant();
    }

    synchronized Map<String, Object> summary(List<Pod> pods) {
        List<ContainerUsage> usage = running();
        Map<String, Reading> now = new HashMap<>();
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("nodeName", nodeName);
        node.put("startTime", started);
        node.put("cpu", nodeCpu(now));
        node.put("memory", nodeMemory());
        Map<PodIdentity, List<ContainerUsage>> byPod = usage.stream()
                .collect(Collectors.groupingBy(ContainerUsage::pod, LinkedHashMap::new, Collectors.toList()));
        List<Object> podStats = new ArrayList<>();
        byPod.forEach((id, containers) -> podStats.add(pod(id, containers, pods, now)));
        readings = now;
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("node", node);
        summary.put("pods", podStats);
        return summary;
    }

    private Map<String, Object> pod(
            PodIdentity id, List<ContainerUsage> containers, List<Pod> pods, Map<String, Reading> now) {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("podRef", Map.of("name", id.name(), "namespace", id.namespace(), "uid", id.uid()));
        Optional<Instant> start = pods.stream()
                .filter(p -> id.uid().equals(p.metadata().uid()))
                .findFirst()
                .map(p -> p.status().startTime());
        start.ifPresent(time -> stats.put("startTime", time));
        List<Used> used = containers.stream()
                .map(usage -> new Used(usage, reading(usage.containerId(), usage.at(), usage.cpuNanos(), now)))
                .toList();
        stats.put(
                "containers",
                used.stream().map(one -> container(one, start.orElse(started))).toList());
        Instant at = clock.instant();
        stats.put("cpu", cpuOfAll(at, used));
        stats.put(
                "memory",
                memory(
                        at,
                        sum(containers, ContainerUsage::usageBytes),
                        sum(containers, ContainerUsage::workingSetBytes),
                        sum(containers, ContainerUsage::rssBytes)));
        List<Map<String, Object>> full = volumes.of(id.uid());
        if (!full.isEmpty()) {
            stats.put("volume", full);
        }
        return stats;
    }

    private static Map<String, Object> container(Used used, Instant start) {
        ContainerUsage usage = used.usage();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", usage.name());
        entry.put("startTime", start);
        entry.put("cpu", cpu(usage.at(), usage.cpuNanos(), used.reading().nanoCores()));
        entry.put("memory", memory(usage));
        entry.put("rootfs", Map.of("time", usage.at(), "usedBytes", usage.writableBytes()));
        return entry;
    }

    /// What a pod uses now is known when it is of each of its containers.
    private static Map<String, Object> cpuOfAll(Instant at, List<Used> containers) {
        List<OptionalLong> cores =
                containers.stream().map(one -> one.reading().nanoCores()).toList();
        return cpu(
                at,
                containers.stream().mapToLong(one -> one.usage().cpuNanos()).sum(),
                cores.stream().allMatch(OptionalLong::isPresent)
                        ? OptionalLong.of(cores.stream()
                                .mapToLong(OptionalLong::getAsLong)
                                .sum())
                        : OptionalLong.empty());
    }

    private static Map<String, Object> cpu(Instant at, long nanos, OptionalLong nanoCores) {
        Map<String, Object> cpu = new LinkedHashMap<>();
        cpu.put("time", at);
        nanoCores.ifPresent(cores -> cpu.put("usageNanoCores", cores));
        cpu.put("usageCoreNanoSeconds", nanos);
        return cpu;
    }

    /// Reads on from what was read before, and keeps that in `now`.
    private Reading reading(String key, Instant at, long nanos, Map<String, Reading> now) {
        Reading kept = next(readings.get(key), at, nanos);
        now.put(key, kept);
        return kept;
    }

    /// What is used now is not known at the first reading, nor long after the one before.
    private static Reading next(@Nullable Reading before, Instant at, long nanos) {
        Duration elapsed = before == null ? Duration.ZERO : Duration.between(before.at(), at);
        if (before == null || elapsed.compareTo(LONGEST) > 0) {
            return new Reading(at, nanos, OptionalLong.empty());
        }
        if (elapsed.compareTo(SHORTEST) < 0) {
            return before;
        }
        long cores = (long) ((nanos - before.cpuNanos()) * 1e9 / elapsed.toNanos());
        return new Reading(at, nanos, OptionalLong.of(Math.max(0, cores)));
    }

    private static Map<String, Object> memory(ContainerUsage usage) {
        return memory(usage.at(), usage.usageBytes(), usage.workingSetBytes(), usage.rssBytes());
    }

    private static Map<String, Object> memory(Instant at, long used, long workingSet, long rss) {
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("time", at);
        memory.put("usageBytes", used);
        memory.put("workingSetBytes", workingSet);
        memory.put("rssBytes", rss);
        return memory;
    }

    private static long sum(List<ContainerUsage> containers, ToLongFunction<ContainerUsage> amount) {
        return containers.stream().mapToLong(amount).sum();
    }

    private Map<String, Object> nodeCpu(Map<String, Reading> now) {
        Instant at = clock.instant();
        long nanos = nodeCpuNanos();
        return cpu(at, nanos, reading("", at, nanos, now).nanoCores());
    }

    private Map<String, Object> nodeMemory() {
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("time", clock.instant());
        try {
            Map<String, Long> info = MachineFacts.memoryInfo();
            long available = info.getOrDefault("MemAvailable", 0L);
            memory.put("availableBytes", available);
            long total = info.getOrDefault("MemTotal", 0L);
            memory.putAll(memory(
                    clock.instant(),
                    total - info.getOrDefault("MemFree", 0L),
                    total - available,
                    info.getOrDefault("AnonPages", 0L)));
        } catch (IOException failure) {
            LOG.debug("no memory information", failure);
        }
        return memory;
    }

    /// Time that the machine's processors were busy, from `/proc/stat`.
    private static long nodeCpuNanos() {
        try {
            String[] words = Files.readAllLines(Path.of("/proc/stat"), StandardCharsets.UTF_8)
                    .getFirst()
                    .split("\\s+");
            long busy = 0;
            for (int i = 1; i < words.length && i <= 8; i++) {
                busy += i == 4 || i == 5 ? 0 : Long.parseLong(words[i]);
            }
            return busy * NANOS_PER_TICK;
        } catch (IOException failure) {
            LOG.debug("no processor times", failure);
            return 0;
        }
    }

    /// Dead containers have no times.
    private List<ContainerUsage> running() {
        return runtime.usage().stream()
                .filter(u -> u.at().isAfter(Instant.EPOCH))
                .toList();
    }

    String resourceMetrics() {
        try {
            return new ResourceMetrics(running(), runtime.containers(""), now()).text();
        } catch (RuntimeFailure failure) {
            LOG.warn("the runtime does not tell what containers use: {}", failure.getMessage());
            return ResourceMetrics.scrapeError(true);
        }
    }

    /// @param pods of the node
    String containerMetrics(List<Pod> pods) {
        try {
            long memory = MachineFacts.memoryInfo().getOrDefault("MemTotal", 0L);
            ContainerMetrics.Machine machine =
                    new ContainerMetrics.Machine(now(), Runtime.getRuntime().availableProcessors(), memory);
            return new ContainerMetrics(running(), runtime.containers(""), pods, machine).text();
        } catch (RuntimeFailure | IOException failure) {
            LOG.warn("it is not known what containers use: {}", failure.getMessage());
            return ContainerMetrics.scrapeError(true);
        }
    }

    private ResourceMetrics.Node now() {
        return new ResourceMetrics.Node(
                nodeCpuNanos() / 1e9, ((Number) nodeMemory().getOrDefault("workingSetBytes", 0L)).longValue());
    }
}
