package io.gantry.apiserver.admission;

import io.gantry.api.resource.Quantity;
import io.gantry.apiserver.objects.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a pod asks for in all: the sum of its containers and sidecars, or what its init containers need if
/// that is more, and its overhead (upstream `k8s.io/component-helpers/resource`).
final class PodRequests {
    private PodRequests() {}

    /// @param which `requests` or `limits`
    static Map<String, Quantity> of(JsonNode spec, String which) {
        Map<String, Quantity> sum = new LinkedHashMap<>();
        for (JsonNode container : Trees.list(spec, "containers")) {
            add(sum, amounts(container, which));
        }
        Map<String, Quantity> sidecars = new LinkedHashMap<>();
        Map<String, Quantity> peak = new LinkedHashMap<>();
        for (JsonNode container : Trees.list(spec, "initContainers")) {
            Map<String, Quantity> own = amounts(container, which);
            if (Trees.text(container, "restartPolicy").equals("Always")) {
                add(sidecars, own);
                add(sum, own);
                max(peak, sidecars);
            } else {
                Map<String, Quantity> now = new LinkedHashMap<>(sidecars);
                add(now, own);
                max(peak, now);
            }
        }
        max(sum, peak);
        Map<String, Quantity> overhead = new LinkedHashMap<>();
        Trees.map(spec, "overhead").forEach((name, text) -> overhead.put(name, Quantity.parse(text)));
        add(sum, overhead);
        return sum;
    }

    static Map<String, Quantity> amounts(JsonNode container, String which) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        Trees.map(container, "resources", which).forEach((name, text) -> amounts.put(name, Quantity.parse(text)));
        return amounts;
    }

    static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    private static void max(Map<String, Quantity> into, Map<String, Quantity> other) {
        other.forEach((name, amount) -> into.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }
}
