package io.gantry.controllermanager.statemetrics;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// The cluster's state as metrics, with names and labels of kube-state-metrics, in Prometheus' text format. Nothing is
/// kept: a scrape reads the caches and writes line by line. Thread-safe.
public final class StateMetrics {
    private static final List<Family<?>> FAMILIES = Stream.of(
                    PodMetrics.families(), WorkloadMetrics.families(), ClusterMetrics.families())
            .flatMap(List::stream)
            .toList();

    private final CachedObjects cached;

    public StateMetrics(CachedObjects cached) {
        this.cached = cached;
    }

    /// The names of all metrics.
    public static List<String> names() {
        return FAMILIES.stream().flatMap(family -> family.names().stream()).toList();
    }

    /// Writes all metrics.
    ///
    /// @throws IOException when `out` takes no more
    public void write(Appendable out) throws IOException {
        Samples samples = new Samples(out);
        for (Family<?> family : FAMILIES) {
            family.write(cached, samples);
        }
    }
}
