package io.gantry.api.metrics.v1beta1;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a node used of its resources in the window that ended at the timestamp; fields are upstream's
/// (`k8s.io/metrics`).
///
/// @param window as Go writes durations, e.g. `15.02s`
@ApiType(openApi = "io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetrics", model = "")
public record NodeMetrics(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required Instant timestamp,
        @Required String window,
        @Required Map<String, Quantity> usage)
        implements KubernetesObject {
    public NodeMetrics {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        usage = Copies.map(usage);
    }
}
