package io.gantry.component;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The metrics of a process: what is looked up only when somebody scrapes, and a Micrometer registry with Prometheus'
/// text format, whose classes are loaded only where a meter is registered
/// (`docs/decisions/two-ways-to-keep-metrics.md`). Metric names are upstream's. Thread-safe.
public final class Metrics {
    private final List<Supplier<String>> lookedUp = new CopyOnWriteArrayList<>(List.of(ProcessMetrics::scrape));
    private @Nullable PrometheusMeterRegistry registry;

    /// Where meters are registered.
    public synchronized PrometheusMeterRegistry registry() {
        if (registry == null) {
            registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        }
        return registry;
    }

    /// Adds to each scrape.
    ///
    /// @param text lines of Prometheus' text format, each with its end
    public void lookUp(Supplier<String> text) {
        lookedUp.add(text);
    }

    /// The exposition for a scrape.
    public String scrape() {
        StringBuilder all = new StringBuilder(registered());
        lookedUp.forEach(text -> all.append(text.get()));
        return all.toString();
    }

    private synchronized String registered() {
        return registry == null ? "" : registry.scrape();
    }
}
