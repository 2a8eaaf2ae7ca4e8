package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricSpec;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricStatus;
import io.gantry.controllermanager.podautoscaler.MetricEvaluation.Failed;
import java.util.ArrayList;
import java.util.List;

/// What all metrics of an autoscaler together ask for: the greatest size wins; while one fails, nothing shrinks
/// (upstream `computeReplicasForMetrics`).
sealed interface MetricsDecision {
    /// The metrics that failed, in their order.
    List<Failed> failures();

    /// @param name how messages call the metric that asks for the most
    record Asked(int replicas, String name, List<MetricStatus> statuses, List<Failed> failures)
            implements MetricsDecision {}

    /// No metric says anything that could be done.
    ///
    /// @param of how many there are
    record Unknown(int of, List<MetricStatus> statuses, List<Failed> failures) implements MetricsDecision {
        Failed first() {
            return failures.getFirst();
        }

        String words() {
            return "invalid metrics (" + failures.size() + " invalid out of " + of + "), first error is: "
                    + first().error();
        }
    }

    static MetricsDecision of(List<MetricSpec> specs, MetricEvaluation evaluation, AutoscalerMetrics figures) {
        int replicas = 0;
        String name = "";
        List<MetricStatus> statuses = new ArrayList<>();
        List<Failed> failures = new ArrayList<>();
        for (MetricSpec spec : specs) {
            switch (figures.evaluate(spec, evaluation)) {
                case Failed failed -> {
                    failures.add(failed);
                    statuses.add(MetricEvaluation.nothing());
                }
                case MetricEvaluation.Asked asked -> {
                    statuses.add(asked.status());
                    if (replicas == 0 || asked.replicas() > replicas) {
                        replicas = asked.replicas();
                        name = asked.name();
                    }
                }
            }
        }
        boolean isUnknown = !failures.isEmpty() && (failures.size() >= specs.size() || replicas < evaluation.current());
        return isUnknown
                ? new Unknown(specs.size(), statuses, failures)
                : new Asked(replicas, name, statuses, failures);
    }
}
