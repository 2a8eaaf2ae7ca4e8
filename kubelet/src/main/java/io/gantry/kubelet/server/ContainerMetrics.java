package io.gantry.kubelet.server;

import static io.gantry.kubelet.server.ResourceMetrics.family;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.Qos;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.spec.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `/metrics/cadvisor` tells, under cAdvisor's names and labels: what running containers use and may use, and the
/// machine (`id="/"`). Single processors, throttling, devices and networks are not there.
final class ContainerMetrics {
    private static final String CPU = "container_cpu_usage_seconds_total";
    private static final String WORKING_SET = "container_memory_working_set_bytes";

    private final List<Row> rows;
    private final Machine machine;

    /// The whole machine.
    record Machine(ResourceMetrics.Node now, int cpus, long memoryBytes) {}

    private record Row(RuntimeContainer container, @Nullable ContainerUsage usage, String id, LinuxResources allowed) {
        /// @param more what stands between the container's name and its id
        String labels(String more) {
            return "{container=\"" + container.name() + "\"," + more + "id=\"" + id + "\",image=\"" + container.image()
                    + "\",name=\"" + container.id() + "\",namespace=\""
                    + container.pod().namespace() + "\",pod=\""
                    + container.pod().name() + "\"}";
        }

        String labels() {
            return labels("");
        }
    }

    /// @param usage of containers that run
    /// @param containers all that the runtime knows
    /// @param pods of the node
    ContainerMetrics(List<ContainerUsage> usage, List<RuntimeContainer> containers, List<Pod> pods, Machine machine) {
        this.machine = machine;
        Map<String, ContainerUsage> usages =
                usage.stream().collect(Collectors.toMap(ContainerUsage::containerId, Function.identity(), (a, b) -> b));
        Map<String, Pod> byUid = pods.stream()
                .collect(Collectors.toMap(pod -> PodIdentity.of(pod).uid(), Function.identity(), (a, b) -> b));
        this.rows = containers.stream()
                .filter(RuntimeContainer::running)
                .map(container -> row(
                        container,
                        usages.get(container.id()),
                        byUid.get(container.pod().uid())))
                .toList();
    }

    private Row row(RuntimeContainer container, @Nullable ContainerUsage usage, @Nullable Pod pod) {
        Qos qos = pod == null ? Qos.Guaranteed : Qos.of(pod);
        String place = qos == Qos.Guaranteed ? "" : "/" + qos.name().toLowerCase(Locale.ROOT);
        LinuxResources allowed = pod == null
                ? LinuxResources.NONE
                : PodContainer.find(pod, container.name())
                        .map(found -> Resources.of(pod, found.spec(), machine.memoryBytes))
                        .orElse(LinuxResources.NONE);
        String id = "/kubepods" + place + "/pod" + container.pod().uid() + "/" + container.id();
        return new Row(container, usage, id, allowed);
    }

    /// In Prometheus' text format.
    String text() {
        StringBuilder out = new StringBuilder();
        List<Row> used = rows.stream().filter(row -> row.usage != null).toList();
        withRoot(out, CPU, "cpu=\"total\",", used, row -> usage(row).cpuNanos() / 1e9, machine.now.cpuSeconds());
        withRoot(out, WORKING_SET, "", used, row -> usage(row).workingSetBytes(), machine.now.workingSetBytes());
        gauge(out, "container_memory_usage_bytes", used, row -> usage(row).usageBytes());
        gauge(out, "container_memory_rss", used, row -> usage(row).rssBytes());
        gauge(out, "container_fs_usage_bytes", used, row -> usage(row).writableBytes());
        gauge(out, "container_last_seen", used, row -> usage(row).at().getEpochSecond());
        gauge(
                out,
                "container_start_time_seconds",
                rows,
                row -> row.container.startedAt().getEpochSecond());
        allowed(out, "container_spec_cpu_period", LinuxResources::cpuPeriodMicros);
        allowed(out, "container_spec_cpu_quota", LinuxResources::cpuQuotaMicros);
        allowed(out, "container_spec_cpu_shares", LinuxResources::cpuShares);
        gauge(out, "container_spec_memory_limit_bytes", rows, row -> row.allowed.memoryLimitBytes());
        List<Machine> one = List.of(machine);
        family(out, "machine_cpu_cores", "gauge", one, each -> "", Machine::cpus);
        family(out, "machine_memory_bytes", "gauge", one, each -> "", Machine::memoryBytes);
        return out + scrapeError(false);
    }

    /// Whether the runtime could be asked.
    static String scrapeError(boolean failed) {
        return "# TYPE container_scrape_error gauge\ncontainer_scrape_error " + (failed ? 1 : 0) + "\n";
    }

    private static ContainerUsage usage(Row row) {
        return Objects.requireNonNull(row.usage);
    }

    private void allowed(StringBuilder out, String name, ToLongFunction<LinuxResources> amount) {
        List<Row> limited = rows.stream()
                .filter(row -> amount.applyAsLong(row.allowed) != 0)
                .toList();
        gauge(out, name, limited, row -> amount.applyAsLong(row.allowed));
    }

    private static void gauge(StringBuilder out, String name, List<Row> rows, Function<Row, Number> value) {
        family(out, name, "gauge", rows, Row::labels, value);
    }

    private static void withRoot(
            StringBuilder out,
            String name,
            String more,
            List<Row> rows,
            Function<Row, Number> value,
            Number ofMachine) {
        Map.Entry<String, Number> root = Map.entry(
                "{container=\"\"," + more + "id=\"/\",image=\"\",name=\"\",namespace=\"\",pod=\"\"}", ofMachine);
        List<Map.Entry<String, Number>> all = new ArrayList<>(List.of(root));
        rows.forEach(row -> all.add(Map.entry(row.labels(more), value.apply(row))));
        family(out, name, name.endsWith("_total") ? "counter" : "gauge", all, Map.Entry::getKey, Map.Entry::getValue);
    }
}
