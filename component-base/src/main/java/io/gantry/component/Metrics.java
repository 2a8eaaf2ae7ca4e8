package io.gantry.component;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// The metrics of a process: one Micrometer registry with Prometheus' text format, and what is looked up only when
/// somebody scrapes. Metric names are upstream's. Thread-safe.
public final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Supplier<String>> lookedUp = new CopyOnWriteArrayList<>(List.of(ProcessMetrics::scrape));

    /// Where meters are registered.
    public PrometheusMeterRegistry registry() {
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
        StringBuilder all = new StringBuilder(registry.scrape());
        lookedUp.forEach(text -> all.append(text.get()));
        return all.toString();
    }
}
