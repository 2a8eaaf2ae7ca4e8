package io.gantry.apiserver.resourcemetrics;

import io.gantry.api.StatusException;
import io.gantry.api.metrics.v1beta1.ContainerMetrics;
import io.gantry.api.metrics.v1beta1.PodMetrics;
import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.endpoint.Computed;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// PodMetrics: one for each running pod of which is known what its containers use.
record PodMetricsObjects(ClusterObjects cluster, ClusterUsage usage, InstantSource clock) implements Computed {
    @Override
    public CachedObject get(String namespace, String name) throws InterruptedException {
        CachedObject pod = cluster.pod(namespace, name).orElseThrow(() -> StatusException.notFound("", "pods", name));
        List<CachedObject> running = ClusterObjects.isRunning(pod) ? List.of(pod) : List.of();
        return metrics(running).stream()
                .findFirst()
                .orElseThrow(() -> StatusException.notFound("metrics.k8s.io", "podmetrics", namespace + "/" + name));
    }

    @Override
    public List<CachedObject> list(Selection selection) throws InterruptedException {
        return metrics(cluster.running(selection));
    }

    private List<CachedObject> metrics(List<CachedObject> pods) throws InterruptedException {
        Map<String, Map<String, Usage>> usages = usage.ofPods(pods);
        List<CachedObject> metrics = new ArrayList<>();
        for (CachedObject pod : pods) {
            Map<String, Usage> containers = usages.getOrDefault(pod.key(), Map.of());
            if (!containers.isEmpty()) {
                metrics.add(metrics(pod, containers));
            }
        }
        return metrics;
    }

    /// The whole is as old as its oldest part, as metrics-server has it.
    private CachedObject metrics(CachedObject pod, Map<String, Usage> containers) {
        Usage oldest = containers.values().stream()
                .min((a, b) -> a.at().compareTo(b.at()))
                .orElseThrow();
        Instant at = oldest.at().truncatedTo(ChronoUnit.SECONDS);
        List<ContainerMetrics> parts = new ArrayList<>();
        containers.forEach((name, used) -> parts.add(new ContainerMetrics(name, MetricsObjects.quantities(used))));
        return MetricsObjects.answer(
                pod,
                "PodMetrics",
                new PodMetrics(
                        null,
                        null,
                        MetricsObjects.metadata(pod, clock.instant()),
                        at,
                        GoDurations.text(oldest.window().truncatedTo(ChronoUnit.MILLIS)),
                        parts));
    }
}
