package io.gantry.api.metrics.v1beta1;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;

/// What one container used; fields are upstream's (`k8s.io/metrics`).
@ApiType(openApi = "io.k8s.metrics.pkg.apis.metrics.v1beta1.ContainerMetrics", model = "")
public record ContainerMetrics(
        @Required String name, @Required Map<String, Quantity> usage) {
    public ContainerMetrics {
        usage = Copies.map(usage);
    }
}
