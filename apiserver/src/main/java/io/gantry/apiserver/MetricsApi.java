package io.gantry.apiserver;

import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.metrics.v1beta1.NodeMetricsKind;
import io.gantry.api.metrics.v1beta1.PodMetricsKind;
import io.gantry.apiserver.endpoint.Computed;
import io.gantry.apiserver.endpoint.Verbs;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.resourcemetrics.ResourceMetrics;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/// Serves `metrics.k8s.io`, where no APIService says that another server does; made when somebody asks first.
/// Thread-safe.
final class MetricsApi implements AutoCloseable {
    private final Lazy<ResourceMetrics> metrics;

    /// @param timer for what is short
    MetricsApi(Resources resources, ServerConfig config, ScheduledExecutorService timer) {
        metrics = Lazy.of(() -> new ResourceMetrics(
                resources.storage(NodeKind.KIND),
                resources.storage(PodKind.KIND),
                config.kubelets().verified(),
                config.clock(),
                timer));
    }

    void serve(Verbs verbs) {
        verbs.serve(NodeMetricsKind.KIND.groupResource(), new Objects(NodeMetricsKind.KIND.groupResource()));
        verbs.serve(PodMetricsKind.KIND.groupResource(), new Objects(PodMetricsKind.KIND.groupResource()));
    }

    private final class Objects implements Computed {
        private final String groupResource;

        Objects(String groupResource) {
            this.groupResource = groupResource;
        }

        @Override
        public CachedObject get(String namespace, String name) throws InterruptedException {
            return metrics.get().objects(groupResource).get(namespace, name);
        }

        @Override
        public List<CachedObject> list(Selection selection) throws InterruptedException {
            return metrics.get().objects(groupResource).list(selection);
        }
    }

    @Override
    public void close() {
        metrics.ifMade(ResourceMetrics::close);
    }
}
