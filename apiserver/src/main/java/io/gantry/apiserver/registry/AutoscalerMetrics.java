package io.gantry.apiserver.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Metrics of autoscalers as they stand in the annotations of `autoscaling/v1` objects, and as `v2` has them (upstream
/// `apis/autoscaling/v1/conversion.go`). Pure.
final class AutoscalerMetrics {
    private static final List<String> SOURCES = List.of("object", "pods", "resource", "containerResource", "external");

    /// Fields in the order of Go's structs of version 1, which no two of them contradict.
    private static final List<String> ORDER = List.of(
            "target",
            "metricName",
            "metricSelector",
            "targetValue",
            "currentValue",
            "name",
            "targetAverageUtilization",
            "currentAverageUtilization",
            "targetAverageValue",
            "currentAverageValue",
            "selector",
            "averageValue",
            "container");

    private static final List<String> REFERENCE = List.of("kind", "name", "apiVersion");
    private static final List<String> REQUIREMENT = List.of("key", "operator", "values");
    private static final List<String> POLICY = List.of("type", "value", "periodSeconds");

    private AutoscalerMetrics() {}

    /// @param metrics of version 1: `spec` of them or `status`
    static ArrayNode toV2(JsonNode metrics, boolean isSpec) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode metric : metrics) {
            ObjectNode converted = all.addObject();
            converted.put("type", metric.path("type").asString(""));
            for (String source : SOURCES) {
                if (metric.get(source) instanceof ObjectNode found) {
                    sourceToV2(source, found, converted.putObject(source), isSpec);
                }
            }
        }
        return all;
    }

    private static void sourceToV2(String source, ObjectNode from, ObjectNode to, boolean isSpec) {
        boolean isObject = source.equals("object");
        boolean isExternal = source.equals("external");
        copy(from, "name", to, "name");
        copy(from, "container", to, "container");
        if (from.has("metricName")) {
            ObjectNode metric = to.putObject("metric");
            copy(from, "metricName", metric, "name");
            copy(from, isExternal ? "metricSelector" : "selector", metric, "selector");
        }
        if (isObject) {
            copy(from, "target", to, "describedObject");
        }
        ObjectNode values = to.putObject(isSpec ? "target" : "current");
        String side = isSpec ? "target" : "current";
        copy(from, side + "Value", values, "value");
        copy(from, isObject ? "averageValue" : side + "AverageValue", values, "averageValue");
        copy(from, side + "AverageUtilization", values, "averageUtilization");
        boolean isAverage = isObject && values.has("averageValue");
        if (isAverage && values.path("value").asString("").equals("0")) {
            values.remove("value");
        }
        if (isSpec) {
            values.put(
                    "type",
                    values.has("averageUtilization")
                            ? "Utilization"
                            : !isAverage && values.has("value") ? "Value" : "AverageValue");
        }
    }

    /// @param metrics of version 2: `spec` of them or `status`
    static ArrayNode toV1(JsonNode metrics, boolean isSpec) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode metric : metrics) {
            ObjectNode converted = all.addObject();
            converted.put("type", metric.path("type").asString(""));
            for (String source : SOURCES) {
                if (metric.get(source) instanceof ObjectNode found) {
                    ObjectNode unordered = found.objectNode();
                    sourceToV1(source, found, unordered, isSpec);
                    converted.set(source, ordered(unordered, ORDER));
                }
            }
        }
        return all;
    }

    private static void sourceToV1(String source, ObjectNode from, ObjectNode to, boolean isSpec) {
        boolean isObject = source.equals("object");
        boolean isExternal = source.equals("external");
        copy(from, "name", to, "name");
        copy(from, "container", to, "container");
        if (isObject) {
            to.set("target", ordered(from.path("describedObject"), REFERENCE));
        }
        if (from.get("metric") instanceof ObjectNode metric) {
            copy(metric, "name", to, "metricName");
            if (metric.get("selector") instanceof ObjectNode selector) {
                to.set(isExternal ? "metricSelector" : "selector", selector(selector));
            }
        }
        String side = isSpec ? "target" : "current";
        JsonNode values = from.path(side);
        copy(values, "averageUtilization", to, side + "AverageUtilization");
        copy(values, "averageValue", to, isObject ? "averageValue" : side + "AverageValue");
        copy(values, "value", to, side + "Value");
        // What version 1 cannot leave out.
        String always = isObject || isExternal && !isSpec
                ? side + "Value"
                : isSpec && !source.equals("pods") || isExternal ? "" : side + "AverageValue";
        if (!always.isEmpty() && !to.has(always)) {
            to.put(always, "0");
        }
    }

    private static ObjectNode selector(ObjectNode selector) {
        ObjectNode written = selector.objectNode();
        if (selector.get("matchLabels") instanceof ObjectNode labels && !labels.isEmpty()) {
            written.set(
                    "matchLabels",
                    ordered(labels, labels.propertyNames().stream().sorted().toList()));
        }
        if (selector.get("matchExpressions") instanceof ArrayNode expressions && !expressions.isEmpty()) {
            ArrayNode list = written.putArray("matchExpressions");
            expressions.forEach(expression -> list.add(ordered(expression, REQUIREMENT)));
        }
        return written;
    }

    private static ObjectNode ordered(JsonNode from, List<String> names) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        names.forEach(name -> copy(from, name, to, name));
        return to;
    }

    /// Conditions as version 1 has them in its annotation: with their time also where there is none.
    static ArrayNode conditionsToV1(JsonNode conditions) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode condition : conditions) {
            ObjectNode written = ordered(condition, List.of("type", "status"));
            written.set(
                    "lastTransitionTime",
                    condition.path("lastTransitionTime").isString()
                            ? condition.get("lastTransitionTime")
                            : written.nullNode());
            copy(condition, "reason", written, "reason");
            copy(condition, "message", written, "message");
            all.add(written);
        }
        return all;
    }

    /// Rules of behaviour as Go writes its internal type.
    static ObjectNode behaviorToV1(JsonNode behavior) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (String side : List.of("scaleUp", "scaleDown")) {
            if (!(behavior.get(side) instanceof ObjectNode rules)) {
                all.putNull(upper(side));
                continue;
            }
            ObjectNode converted = all.putObject(upper(side));
            for (String field : List.of("stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance")) {
                JsonNode value = rules.get(field);
                if (value == null) {
                    converted.putNull(upper(field));
                } else if (value instanceof ArrayNode policies) {
                    ArrayNode list = converted.putArray(upper(field));
                    policies.forEach(policy -> renamed(ordered(policy, POLICY), list.addObject(), true));
                } else {
                    converted.set(upper(field), value);
                }
            }
        }
        return all;
    }

    /// The other way; Go reads names in any case.
    static ObjectNode behaviorToV2(JsonNode behavior) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        renamed(behavior, all, false);
        return all;
    }

    private static void renamed(JsonNode from, ObjectNode to, boolean isUpper) {
        from.properties().forEach(property -> {
            String name = isUpper ? upper(property.getKey()) : lower(property.getKey());
            switch (property.getValue()) {
                case ObjectNode object -> renamed(object, to.putObject(name), isUpper);
                case ArrayNode array -> {
                    ArrayNode list = to.putArray(name);
                    array.forEach(element -> renamed(element, list.addObject(), isUpper));
                }
                case JsonNode value -> {
                    if (!value.isNull()) {
                        to.set(name, value);
                    }
                }
            }
        });
    }

    private static String upper(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String lower(String name) {
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String name) {
        @Nullable JsonNode value = from.get(field);
        if (value != null && !value.isNull()) {
            to.set(name, value);
        }
    }
}
