package io.gantry.api.metrics.v1beta1;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `PodMetrics` kind of `metrics.k8s.io/v1beta1`; see [NodeMetricsKind].
public final class PodMetricsKind implements KindDefinition<PodMetrics> {
    public static final Kind<PodMetrics> KIND =
            new Kind<>(PodMetrics.class, "metrics.k8s.io", "v1beta1", "PodMetrics", "pods", true, List.of(), List.of());

    @Override
    public Kind<PodMetrics> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }

    @Override
    public boolean computed() {
        return true;
    }

    @Override
    public List<Column> columns() {
        return UsageColumns.of(pod -> pod.path("containers")
                .valueStream()
                .map(container -> container.path("usage"))
                .toList());
    }
}
