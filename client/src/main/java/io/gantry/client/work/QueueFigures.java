package io.gantry.client.work;

import io.gantry.component.Distribution;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// How a queue fares, and upstream's metrics of it (`component-base/metrics/prometheus/workqueue`).
///
/// @param depth keys that wait now
/// @param adds keys that came to wait so far
/// @param retries how often a key was added for another try
/// @param unfinishedSeconds what workers have spent on keys that they still hold
/// @param longestSeconds the longest of them
/// @param waited seconds that keys waited
/// @param worked seconds that workers held keys
public record QueueFigures(
        int depth,
        long adds,
        long retries,
        double unfinishedSeconds,
        double longestSeconds,
        Distribution waited,
        Distribution worked) {
    /// From ten nanoseconds to a thousand seconds.
    static final double[] SECONDS = {1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};

    /// The metrics of queues, under the names of what works on them, in Prometheus' text format.
    public static String text(List<ControllerRunner<?>> runners) {
        Map<String, QueueFigures> figures = new TreeMap<>();
        runners.forEach(runner -> figures.put(runner.name(), runner.queue().figures()));
        if (figures.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        values(out, figures, "depth", "gauge", QueueFigures::depth);
        values(out, figures, "adds_total", "counter", QueueFigures::adds);
        values(out, figures, "retries_total", "counter", QueueFigures::retries);
        values(out, figures, "unfinished_work_seconds", "gauge", QueueFigures::unfinishedSeconds);
        values(out, figures, "longest_running_processor_seconds", "gauge", QueueFigures::longestSeconds);
        histograms(out, figures, "queue_duration_seconds", QueueFigures::waited);
        histograms(out, figures, "work_duration_seconds", QueueFigures::worked);
        return out.toString();
    }

    private static void values(
            StringBuilder out,
            Map<String, QueueFigures> figures,
            String name,
            String type,
            Function<QueueFigures, Number> value) {
        out.append("# TYPE workqueue_" + name + " " + type + "\n");
        figures.forEach((queue, found) ->
                out.append("workqueue_" + name + "{name=\"" + queue + "\"} " + value.apply(found) + "\n"));
    }

    private static void histograms(
            StringBuilder out,
            Map<String, QueueFigures> figures,
            String name,
            Function<QueueFigures, Distribution> value) {
        out.append("# TYPE workqueue_" + name + " histogram\n");
        figures.forEach(
                (queue, found) -> value.apply(found).append(out, "workqueue_" + name, "name=\"" + queue + "\""));
    }
}
