package io.gantry.component;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// The metrics of a process: one Micrometer registry with Prometheus' text format. Metric names are upstream's.
/// Thread-safe.
public final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /// Where meters are registered.
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /// The exposition for a scrape.
    public String scrape() {
        return registry.scrape();
    }
}
