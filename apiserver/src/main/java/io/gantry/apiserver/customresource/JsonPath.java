package io.gantry.apiserver.customresource;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A JSONPath as printer columns have it (upstream `k8s.io/client-go/util/jsonpath`): fields, indices, slices,
/// wildcards, unions, filters and descent. What is missing is passed by. Immutable.
final class JsonPath {
    /// One step: from values to values.
    interface Step {
        void walk(JsonNode value, List<JsonNode> found);
    }

    private final List<Step> steps;

    JsonPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /// Reads a path such as `.status.conditions[?(@.type=="Ready")].status`.
    ///
    /// @throws IllegalArgumentException when it cannot be read
    static JsonPath parse(String text) {
        return new JsonPathParser(text).parse();
    }

    /// Everything the path leads to, in order.
    List<JsonNode> find(JsonNode root) {
        List<JsonNode> values = List.of(root);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            values.forEach(value -> step.walk(value, next));
            values = next;
        }
        return values;
    }

    static Step field(String name) {
        return (value, found) -> {
            JsonNode child = value.get(name);
            if (child != null) {
                found.add(child);
            }
        };
    }

    static Step everything() {
        return (value, found) -> value.forEach(found::add);
    }

    /// The value itself and everything below it.
    static Step descent() {
        return JsonPath::descend;
    }

    private static void descend(JsonNode value, List<JsonNode> found) {
        found.add(value);
        value.forEach(child -> descend(child, found));
    }

    /// Elements from `from` to before `to`; negative ones count from the end.
    static Step slice(int from, int to, int step) {
        return (value, found) -> {
            int size = value.isArray() ? value.size() : 0;
            int start = Math.max(0, from < 0 ? from + size : from);
            int end = Math.min(size, to < 0 ? to + size : to);
            for (int i = start; i < end; i += Math.max(1, step)) {
                found.add(value.get(i));
            }
        };
    }

    static Step index(int index) {
        return (value, found) -> {
            int at = index < 0 ? index + value.size() : index;
            if (value.isArray() && at >= 0 && at < value.size()) {
                found.add(value.get(at));
            }
        };
    }

    static Step union(List<Step> parts) {
        return (value, found) -> parts.forEach(part -> part.walk(value, found));
    }

    static Step filter(JsonPathFilter filter) {
        return (value, found) -> {
            if (value.isArray()) {
                value.forEach(element -> {
                    if (filter.takes(element)) {
                        found.add(element);
                    }
                });
            }
        };
    }
}
