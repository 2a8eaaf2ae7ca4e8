package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.kind.Column;
import io.gantry.api.printer.Cells;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The columns of autoscalers of both versions (upstream `printHorizontalPodAutoscaler`).
public final class AutoscalerColumns {
    private static final int SHOWN = 2;

    private AutoscalerColumns() {}

    /// Reference, Targets, MinPods, MaxPods, Replicas, Age.
    public static List<Column> all() {
        return List.of(
                Column.text(
                        "Reference",
                        "What is scaled.",
                        (hpa, now) -> Cells.textAt(hpa, "spec.scaleTargetRef.kind", "") + "/"
                                + Cells.textAt(hpa, "spec.scaleTargetRef.name", "")),
                Column.text("Targets", "Metrics: current and wanted.", (hpa, now) -> targets(hpa)),
                Column.text("MinPods", "Fewest pods.", Cells.text("spec.minReplicas", Cells.UNSET)),
                Column.text("MaxPods", "Most pods.", Cells.number("spec.maxReplicas")),
                Column.text("Replicas", "Pods now.", Cells.number("status.currentReplicas")),
                Column.age());
    }

    private static String targets(JsonNode hpa) {
        List<String> all = new ArrayList<>();
        JsonNode percentage = hpa.path("spec").path("targetCPUUtilizationPercentage");
        if (percentage.isNumber()) {
            all.add("cpu: " + percent(hpa.path("status").path("currentCPUUtilizationPercentage")) + "/"
                    + percentage.asLong() + "%");
        }
        JsonNode metrics = hpa.path("spec").path("metrics");
        for (int i = 0; i < metrics.size(); i++) {
            all.add(metric(
                    metrics.get(i), hpa.path("status").path("currentMetrics").path(i)));
        }
        if (all.isEmpty()) {
            return Cells.NONE;
        }
        String shown = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
    }

    private static String metric(JsonNode spec, JsonNode status) {
        String type = spec.path("type").asString("");
        String field = type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
        JsonNode target = spec.path(field).path("target");
        JsonNode current = status.path(field).path("current");
        return switch (type) {
            case "Pods" ->
                value(current.path("averageValue")) + "/"
                        + target.path("averageValue").asString("");
            case "Object", "External" -> {
                JsonNode average = target.path("averageValue");
                yield average.isString()
                        ? value(current.path("averageValue")) + "/" + average.asString("") + " (avg)"
                        : value(current.path("value")) + "/"
                                + target.path("value").asString("");
            }
            case "Resource", "ContainerResource" -> {
                String name = spec.path(field).path("name").asString("") + ": ";
                JsonNode average = target.path("averageValue");
                yield average.isString()
                        ? name + value(current.path("averageValue")) + "/" + average.asString("")
                        : name + percent(current.path("averageUtilization")) + "/"
                                + (target.path("averageUtilization").isNumber()
                                        ? target.path("averageUtilization").asLong() + "%"
                                        : "<auto>");
            }
            default -> "<unknown type>";
        };
    }

    private static String value(JsonNode quantity) {
        String text = quantity.asString("");
        return text.isEmpty() ? Cells.UNKNOWN : text;
    }

    private static String percent(JsonNode number) {
        return number.isNumber() ? number.asLong() + "%" : Cells.UNKNOWN;
    }
}
