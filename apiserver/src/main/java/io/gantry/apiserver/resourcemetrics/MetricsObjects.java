package io.gantry.apiserver.resourcemetrics;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.Quantity;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Description;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What NodeMetrics and PodMetrics have in common. Pure.
final class MetricsObjects {
    private static final String API_VERSION = "metrics.k8s.io/v1beta1";
    private static final int NANO = 9;

    private MetricsObjects() {}

    /// Metadata of what tells of an object: its name and labels, made now.
    static ObjectMeta metadata(CachedObject of, Instant now) {
        return ObjectMetaBuilder.builder()
                .name(of.name())
                .namespace(of.namespace().isEmpty() ? null : of.namespace())
                .labels(of.labels())
                .creationTimestamp(now.truncatedTo(ChronoUnit.SECONDS))
                .build();
    }

    static Map<String, Quantity> quantities(Usage usage) {
        Map<String, Quantity> quantities = new TreeMap<>();
        BigDecimal cores = BigDecimal.valueOf(usage.nanoCores(), NANO);
        quantities.put("cpu", new Quantity(usage.nanoCores() == 0 ? "0" : usage.nanoCores() + "n", cores));
        quantities.put("memory", Quantity.ofBytes(usage.memoryBytes()));
        return quantities;
    }

    /// As stored objects are written: kind and version first.
    ///
    /// @param metrics without kind and version
    static CachedObject answer(CachedObject of, String kind, KubernetesObject metrics) {
        ObjectNode tree = Json.MAPPER.createObjectNode().put("kind", kind).put("apiVersion", API_VERSION);
        tree.setAll((ObjectNode) Json.MAPPER.valueToTree(metrics));
        return new CachedObject(
                of.key(),
                Json.MAPPER.writeValueAsBytes(tree),
                0,
                new Description.Known(
                        of.labels(), Map.of("metadata.name", of.name(), "metadata.namespace", of.namespace())));
    }
}
