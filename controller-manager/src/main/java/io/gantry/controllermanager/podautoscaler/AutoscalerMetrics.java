package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricSpec;
import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Upstream's metrics of the autoscalers' controller (`pkg/controller/podautoscaler/monitor`). Thread-safe.
final class AutoscalerMetrics {
    private static final String PREFIX = "horizontal_pod_autoscaler_controller_";
    private static final double[] SECONDS =
            IntStream.range(0, 15).mapToDouble(i -> 0.001 * (1 << i)).toArray();
    private static final List<String> RECONCILIATION = List.of("action", "error");
    private static final List<String> COMPUTATION = List.of("action", "error", "metric_type");

    /// What was done to the scale, or what a metric asks to be done.
    enum Action {
        SCALE_UP,
        SCALE_DOWN,
        NONE;

        static Action of(int before, int after) {
            return after > before ? SCALE_UP : after < before ? SCALE_DOWN : NONE;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What went wrong: the autoscaler asks for what there is not, or something else.
    enum Trouble {
        NONE,
        SPEC,
        INTERNAL;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How a look at an autoscaler or at one of its metrics ended.
    record Outcome(Action action, Trouble trouble) {
        static final Outcome FAILED = new Outcome(Action.NONE, Trouble.INTERNAL);

        private static Outcome of(MetricEvaluation.Outcome result, int current) {
            return switch (result) {
                case MetricEvaluation.Asked asked -> new Outcome(Action.of(current, asked.replicas()), Trouble.NONE);
                case MetricEvaluation.Failed failed ->
                    failed.reason().equals(MetricEvaluation.UNKNOWN_TYPE)
                            ? new Outcome(Action.NONE, Trouble.SPEC)
                            : FAILED;
            };
        }

        /// The same, had it failed at its end.
        Outcome failing() {
            return new Outcome(action, Trouble.INTERNAL);
        }

        private String[] labels() {
            return new String[] {action.label(), trouble.label()};
        }
    }

    private final Counts reconciliations =
            Counts.counter(PREFIX + "reconciliations_total", RECONCILIATION.toArray(String[]::new));
    private final Histogram reconciliationTimes =
            new Histogram(PREFIX + "reconciliation_duration_seconds", RECONCILIATION, SECONDS);
    private final Counts computations =
            Counts.counter(PREFIX + "metric_computation_total", COMPUTATION.toArray(String[]::new));
    private final Histogram computationTimes =
            new Histogram(PREFIX + "metric_computation_duration_seconds", COMPUTATION, SECONDS);

    /// Prometheus text.
    String text() {
        return reconciliations.text() + reconciliationTimes.text() + computations.text() + computationTimes.text();
    }

    /// An autoscaler was looked at.
    void reconciled(Outcome outcome, long nanos) {
        reconciliations.of(outcome.labels()).increment();
        reconciliationTimes.of(outcome.labels()).observeNanos(nanos);
    }

    /// What a metric asks for; blocks as the evaluation does.
    MetricEvaluation.Outcome evaluate(MetricSpec spec, MetricEvaluation evaluation) {
        long start = System.nanoTime();
        MetricEvaluation.Outcome result = evaluation.of(spec);
        Outcome outcome = Outcome.of(result, evaluation.current());
        String[] labels = {outcome.action().label(), outcome.trouble().label(), spec.type()};
        computations.of(labels).increment();
        computationTimes.of(labels).observeNanos(System.nanoTime() - start);
        return result;
    }
}
