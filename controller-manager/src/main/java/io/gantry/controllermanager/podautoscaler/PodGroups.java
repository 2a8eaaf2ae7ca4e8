package io.gantry.controllermanager.podautoscaler;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Pods by what their metrics are worth. Pure.
///
/// @param ready how many have a metric that counts
/// @param unready pods that have not begun to work
/// @param missing pods that should have a metric
/// @param ignored pods that end
record PodGroups(int ready, Set<String> unready, Set<String> missing, Set<String> ignored) {
    private static final String CPU = "cpu";

    static PodGroups of(
            List<Pod> pods, Map<String, PodMetric> metrics, String resource, AutoscalerOptions options, Instant now) {
        int ready = 0;
        Set<String> unready = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        Set<String> ignored = new TreeSet<>();
        for (Pod pod : pods) {
            String name = text(pod.metadata().name());
            PodMetric metric = metrics.get(name);
            if (Pods.isTerminating(pod) || Pods.phase(pod).equals("Failed")) {
                ignored.add(name);
            } else if (Pods.phase(pod).equals("Pending")) {
                unready.add(name);
            } else if (metric == null) {
                missing.add(name);
            } else if (resource.equals(CPU) && isUnready(pod, metric, options, now)) {
                unready.add(name);
            } else {
                ready++;
            }
        }
        return new PodGroups(ready, unready, missing, ignored);
    }

    /// While a pod starts it may use much and do nothing: what it uses counts when it is ready, and was so for as long
    /// as was measured.
    private static boolean isUnready(Pod pod, PodMetric metric, AutoscalerOptions options, Instant now) {
        Optional<PodCondition> condition = Pods.condition(pod, "Ready");
        Instant started = pod.status().startTime();
        if (condition.isEmpty() || started == null) {
            return true;
        }
        boolean unready = condition.get().status().equals("False");
        Instant changed = Fields.time(condition.get().lastTransitionTime());
        return started.plus(options.cpuInitializationPeriod()).isAfter(now)
                ? unready || metric.at().isBefore(changed.plus(metric.window()))
                : unready && started.plus(options.initialReadinessDelay()).isAfter(changed);
    }
}
