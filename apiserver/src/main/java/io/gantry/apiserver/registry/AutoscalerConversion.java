package io.gantry.apiserver.registry;

import io.gantry.api.Json;
import io.gantry.api.json.GoJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/// `autoscaling/v1` autoscalers as `v2`, which is how they are stored; what v1 cannot say goes into upstream's
/// annotations (upstream `apis/autoscaling/v1/conversion.go`).
final class AutoscalerConversion implements Conversion {
    private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    private static final String CURRENT_METRICS = "autoscaling.alpha.kubernetes.io/current-metrics";
    private static final String CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
    private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
    private static final List<String> ROUND_TRIP = List.of(METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR);
    private static final int DEFAULT_CPU = 80;
    private static final String CPU = "targetCPUUtilizationPercentage";
    private static final String CURRENT_REPLICAS = "currentReplicas";
    private static final String CURRENT_CPU = "currentCPUUtilizationPercentage";

    @Override
    public ObjectNode toStored(ObjectNode served) {
        served.put("apiVersion", "autoscaling/v2");
        ObjectNode spec = served.withObject("spec");
        ArrayNode metrics = spec.arrayNode();
        JsonNode cpu = spec.remove(CPU);
        AutoscalerMetrics.toV2(fromAnnotation(served, METRICS), true).forEach(metrics::add);
        if (cpu != null && cpu.isNumber()) {
            metrics.add(cpuMetric(spec, "target", "averageUtilization", cpu));
        }
        if (metrics.isEmpty()) {
            metrics.add(cpuMetric(spec, "target", "averageUtilization", IntNode.valueOf(DEFAULT_CPU)));
        }
        spec.set("metrics", metrics);
        JsonNode behavior = fromAnnotation(served, BEHAVIOR);
        if (!behavior.isEmpty()) {
            spec.set("behavior", AutoscalerMetrics.behaviorToV2(behavior));
        }
        JsonNode current = fromAnnotation(served, CURRENT_METRICS);
        JsonNode conditions = fromAnnotation(served, CONDITIONS);
        if (served.get("status") instanceof ObjectNode status) {
            statusToStored(status, current, conditions);
        }
        JsonNode annotations = served.path("metadata").path("annotations");
        if (annotations.isObject() && annotations.isEmpty()) {
            served.withObject("metadata").remove("annotations");
        }
        return served;
    }

    /// @param annotated what annotations say of metrics: more than the status can
    private static void statusToStored(ObjectNode status, JsonNode annotated, JsonNode conditions) {
        ArrayNode current = AutoscalerMetrics.toV2(annotated, false);
        if (status.path(CURRENT_REPLICAS).asInt(0) == 0) {
            status.remove(CURRENT_REPLICAS);
        }
        JsonNode cpu = status.remove(CURRENT_CPU);
        if (current.isEmpty() && cpu != null && cpu.isNumber()) {
            current.add(cpuMetric(status, "current", "averageUtilization", cpu));
        }
        status.set("currentMetrics", current.isEmpty() ? current.nullNode() : current);
        if (!conditions.isEmpty()) {
            status.set("conditions", conditions);
        }
    }

    @Override
    public ObjectNode toServed(ObjectNode stored) {
        stored.put("apiVersion", "autoscaling/v1");
        if (stored.path("metadata").get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ROUND_TRIP);
        }
        if (stored.get("spec") instanceof ObjectNode spec) {
            ArrayNode others = spec.arrayNode();
            JsonNode metrics = spec.remove("metrics");
            for (JsonNode metric : metrics == null ? others : metrics) {
                JsonNode utilization = metric.path("resource").path("target").path("averageUtilization");
                if (isCpu(metric) && utilization.isNumber()) {
                    // The first one; version 1 has no place for more.
                    spec.putIfAbsent(CPU, utilization);
                } else {
                    others.add(metric);
                }
            }
            toAnnotation(stored, METRICS, AutoscalerMetrics.toV1(others, true));
            JsonNode behavior = spec.remove("behavior");
            toAnnotation(stored, BEHAVIOR, behavior == null ? null : AutoscalerMetrics.behaviorToV1(behavior));
        }
        if (stored.get("status") instanceof ObjectNode status) {
            statusToServed(stored, status);
        }
        return stored;
    }

    /// Version 1 always says how many there are, version 2 only when there are some.
    private static void statusToServed(ObjectNode stored, ObjectNode status) {
        if (!status.has(CURRENT_REPLICAS)) {
            status.put(CURRENT_REPLICAS, 0);
        }
        JsonNode current = status.remove("currentMetrics");
        toAnnotation(stored, CURRENT_METRICS, current == null ? null : AutoscalerMetrics.toV1(current, false));
        JsonNode conditions = status.remove("conditions");
        toAnnotation(stored, CONDITIONS, conditions == null ? null : AutoscalerMetrics.conditionsToV1(conditions));
        if (current != null) {
            for (JsonNode metric : current) {
                JsonNode utilization = metric.path("resource").path("current").path("averageUtilization");
                if (isCpu(metric) && utilization.isNumber()) {
                    status.set(CURRENT_CPU, utilization);
                }
            }
        }
    }

    private static boolean isCpu(JsonNode metric) {
        return metric.path("type").asString("").equals("Resource")
                && metric.path("resource").path("name").asString("").equals("cpu");
    }

    private static ObjectNode cpuMetric(ObjectNode factory, String side, String field, JsonNode value) {
        ObjectNode metric = factory.objectNode();
        metric.put("type", "Resource");
        ObjectNode resource = metric.putObject("resource");
        resource.put("name", "cpu");
        ObjectNode target = resource.putObject(side);
        if (side.equals("target")) {
            target.put("type", "Utilization");
        }
        target.set(field, value);
        return metric;
    }

    private static JsonNode fromAnnotation(ObjectNode object, String name) {
        if (object.path("metadata").get("annotations") instanceof ObjectNode annotations && annotations.has(name)) {
            String text = annotations.remove(name).asString("");
            try {
                JsonNode value = Json.MAPPER.readTree(text);
                return value.isObject() == name.equals(BEHAVIOR) ? value : object.arrayNode();
            } catch (JacksonException e) {
                return object.arrayNode();
            }
        }
        return object.arrayNode();
    }

    private static void toAnnotation(ObjectNode object, String name, @Nullable JsonNode value) {
        if (value != null && !value.isEmpty()) {
            object.withObject("metadata").withObject("annotations").put(name, GoJson.fitForHtml(value.toString()));
        }
    }
}
