package io.gantry.api.metrics.v1beta1;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `NodeMetrics` kind of `metrics.k8s.io/v1beta1`. It is no part of `KindCatalog`: the API
/// server serves it where no APIService says that another server does.
public final class NodeMetricsKind implements KindDefinition<NodeMetrics> {
    public static final Kind<NodeMetrics> KIND = new Kind<>(
            NodeMetrics.class, "metrics.k8s.io", "v1beta1", "NodeMetrics", "nodes", false, List.of(), List.of());

    @Override
    public Kind<NodeMetrics> kind() {
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
        return UsageColumns.of(node -> List.of(node.path("usage")));
    }
}
