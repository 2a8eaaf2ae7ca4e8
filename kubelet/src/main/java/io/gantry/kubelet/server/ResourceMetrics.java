package io.gantry.kubelet.server;

import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What `/metrics/resource` tells: upstream's stable metrics of nodes, pods and containers.
///
/// @param usage of containers that run
/// @param containers all that the runtime knows
record ResourceMetrics(List<ContainerUsage> usage, List<RuntimeContainer> containers, Node node) {
    /// The whole machine.
    record Node(double cpuSeconds, long workingSetBytes) {}

    String text() {
        StringBuilder out = new StringBuilder();
        family(
                out,
                "container_cpu_usage_seconds_total",
                "counter",
                usage,
                ResourceMetrics::labels,
                u -> u.cpuNanos() / 1e9);
        family(
                out,
                "container_memory_working_set_bytes",
                "gauge",
                usage,
                ResourceMetrics::labels,
                ContainerUsage::workingSetBytes);
        family(
                out,
                "container_start_time_seconds",
                "gauge",
                containers.stream().filter(RuntimeContainer::running).toList(),
                c -> labels(c.name(), c.pod()),
                c -> c.startedAt().toEpochMilli() / 1000.0);
        Map<String, List<ContainerUsage>> pods =
                usage.stream().collect(Collectors.groupingBy(u -> labels(u.pod()), TreeMap::new, Collectors.toList()));
        family(
                out,
                "pod_cpu_usage_seconds_total",
                "counter",
                pods.entrySet(),
                Map.Entry::getKey,
                pod -> pod.getValue().stream()
                                .mapToLong(ContainerUsage::cpuNanos)
                                .sum()
                        / 1e9);
        family(
                out,
                "pod_memory_working_set_bytes",
                "gauge",
                pods.entrySet(),
                Map.Entry::getKey,
                pod -> pod.getValue().stream()
                        .mapToLong(ContainerUsage::workingSetBytes)
                        .sum());
        List<Node> nodes = List.of(node);
        family(out, "node_cpu_usage_seconds_total", "counter", nodes, n -> "", Node::cpuSeconds);
        family(out, "node_memory_working_set_bytes", "gauge", nodes, n -> "", Node::workingSetBytes);
        return out + scrapeError(false);
    }

    /// Whether the runtime could be asked.
    static String scrapeError(boolean failed) {
        return "# TYPE resource_scrape_error gauge\nresource_scrape_error " + (failed ? 1 : 0) + "\n";
    }

    /// One metric with all of its series.
    static <T> void family(
            StringBuilder out,
            String name,
            String type,
            Collection<T> items,
            Function<T, String> labels,
            Function<T, Number> value) {
        out.append("# TYPE " + name + " " + type + "\n");
        items.forEach(item -> out.append(name + labels.apply(item) + " " + value.apply(item) + "\n"));
    }

    private static String labels(ContainerUsage usage) {
        return labels(usage.name(), usage.pod());
    }

    private static String labels(String container, PodIdentity pod) {
        return "{container=\"" + container + "\",namespace=\"" + pod.namespace() + "\",pod=\"" + pod.name() + "\"}";
    }

    private static String labels(PodIdentity pod) {
        return "{namespace=\"" + pod.namespace() + "\",pod=\"" + pod.name() + "\"}";
    }
}
