package io.gantry.controllermanager.podautoscaler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricSpec;
import io.gantry.controllermanager.podautoscaler.AutoscalerMetrics.Action;
import io.gantry.controllermanager.podautoscaler.AutoscalerMetrics.Outcome;
import io.gantry.controllermanager.podautoscaler.AutoscalerMetrics.Trouble;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Upstream's metrics of the autoscalers' controller, under their names and labels.
class AutoscalerMetricsTest {
    private static final String PREFIX = "\nhorizontal_pod_autoscaler_controller_";

    private final AutoscalerMetrics figures = new AutoscalerMetrics();

    private void has(String line) {
        assertTrue(("\n" + figures.text()).contains(PREFIX + line + "\n"), line + " in " + figures.text());
    }

    @Test
    void looksAreCountedByWhatTheyCameTo() {
        figures.reconciled(new Outcome(Action.of(2, 4), Trouble.NONE), 3_000_000);
        figures.reconciled(new Outcome(Action.of(4, 1), Trouble.NONE).failing(), 1_000);
        figures.reconciled(Outcome.FAILED, 1_000);
        has("reconciliations_total{action=\"scale_up\",error=\"none\"} 1");
        has("reconciliations_total{action=\"scale_down\",error=\"internal\"} 1");
        has("reconciliations_total{action=\"none\",error=\"internal\"} 1");
        has("reconciliation_duration_seconds_bucket{action=\"scale_up\",error=\"none\",le=\"0.002\"} 0");
        has("reconciliation_duration_seconds_bucket{action=\"scale_up\",error=\"none\",le=\"0.004\"} 1");
    }

    @Test
    void aMetricOfNoKnownTypeIsTheSpecsFault() {
        figures.evaluate(Json.MAPPER.readValue("{\"type\":\"Odd\"}", MetricSpec.class), evaluation());
        has("metric_computation_total{action=\"none\",error=\"spec\",metric_type=\"Odd\"} 1");
        has("metric_computation_duration_seconds_count{action=\"none\",error=\"spec\",metric_type=\"Odd\"} 1");
    }

    /// Of metrics that nobody asks for.
    private static MetricEvaluation evaluation() {
        MetricsClient nobody = (MetricsClient) Proxy.newProxyInstance(
                MetricsClient.class.getClassLoader(), new Class<?>[] {MetricsClient.class}, (proxy, method, words) -> {
                    throw new AssertionError(method + " is called");
                });
        return new MetricEvaluation(
                nobody,
                AutoscalerOptions.DEFAULTS,
                new Tolerances(0.1, 0.1),
                "default",
                1,
                1,
                "a=b",
                List.of(),
                Instant.parse("2026-01-01T12:00:00Z"));
    }
}
