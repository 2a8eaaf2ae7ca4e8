package io.gantry.api.metrics.v1beta1;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the containers of a pod used in the window that ended at the timestamp; fields are upstream's
/// (`k8s.io/metrics`).
///
/// @param window as Go writes durations, e.g. `15.02s`
@ApiType(openApi = "io.k8s.metrics.pkg.apis.metrics.v1beta1.PodMetrics", model = "")
public record PodMetrics(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required Instant timestamp,
        @Required String window,
        @Required @ListType(ListType.Kind.ATOMIC) List<ContainerMetrics> containers)
        implements KubernetesObject {
    public PodMetrics {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        containers = Copies.list(containers);
    }
}
