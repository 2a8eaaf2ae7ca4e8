package io.gantry.apiserver.resourcemetrics;

import io.gantry.api.StatusException;
import io.gantry.api.metrics.v1beta1.NodeMetrics;
import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.endpoint.Computed;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// NodeMetrics: one for each node that tells what it uses.
record NodeMetricsObjects(ClusterObjects cluster, ClusterUsage usage, InstantSource clock) implements Computed {
    @Override
    public CachedObject get(String namespace, String name) throws InterruptedException {
        CachedObject node = cluster.node(name).orElseThrow(() -> StatusException.notFound("", "nodes", name));
        return metrics(List.of(node)).stream()
                .findFirst()
                .orElseThrow(() -> StatusException.notFound("metrics.k8s.io", "nodemetrics", name));
    }

    @Override
    public List<CachedObject> list(Selection selection) throws InterruptedException {
        return metrics(cluster.nodes(selection));
    }

    private List<CachedObject> metrics(List<CachedObject> nodes) throws InterruptedException {
        Map<String, NodeUsage> usages = usage.ofNodes(nodes);
        return nodes.stream()
                .flatMap(
                        node -> Optional.ofNullable(usages.get(node.name()))
                                .flatMap(NodeUsage::node)
                                .map(used -> metrics(node, used))
                                .stream())
                .toList();
    }

    private CachedObject metrics(CachedObject node, Usage used) {
        return MetricsObjects.answer(
                node,
                "NodeMetrics",
                new NodeMetrics(
                        null,
                        null,
                        MetricsObjects.metadata(node, clock.instant()),
                        used.at().truncatedTo(ChronoUnit.SECONDS),
                        GoDurations.text(used.window().truncatedTo(ChronoUnit.MILLIS)),
                        MetricsObjects.quantities(used)));
    }
}
