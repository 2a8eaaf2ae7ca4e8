package io.gantry.api.core.v1.pod;

import io.gantry.api.resource.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Quality of service of a pod, by requests and limits of cpu and memory (upstream `pkg/apis/core/v1/helper/qos`).
public enum QosClass {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private final String text;

    QosClass(String text) {
        this.text = text;
    }

    /// As in `status.qosClass`.
    public String text() {
        return text;
    }

    /// The class that a spec gives a pod.
    public static QosClass of(PodSpec spec) {
        List<ResourceRequirements> all = spec.resources() != null
                ? List.of(spec.resources())
                : PodResources.allContainers(spec).stream()
                        .map(c -> c.resources() == null
                                ? ResourceRequirementsBuilder.builder().build()
                                : c.resources())
                        .toList();
        Totals totals = new Totals();
        all.forEach(resources -> totals.add(resources.requests(), resources.limits()));
        return totals.qosClass();
    }

    /// The class that a spec in its JSON form gives a pod.
    public static QosClass of(JsonNode spec) {
        Totals totals = new Totals();
        JsonNode ofPod = spec.path("resources");
        if (ofPod.isObject()) {
            totals.add(ofPod);
        } else {
            spec.path("initContainers").forEach(container -> totals.add(container.path("resources")));
            spec.path("containers").forEach(container -> totals.add(container.path("resources")));
        }
        return totals.qosClass();
    }

    /// What all containers ask for and are limited to.
    private static final class Totals {
        private final Map<String, Quantity> requests = new LinkedHashMap<>();
        private final Map<String, Quantity> limits = new LinkedHashMap<>();
        private boolean allLimited = true;

        void add(JsonNode resources) {
            add(counted(resources.path("requests")), counted(resources.path("limits")));
        }

        void add(Map<String, Quantity> moreRequests, Map<String, Quantity> moreLimits) {
            addCounted(requests, moreRequests);
            allLimited &= addCounted(limits, moreLimits) == COUNTED.size();
        }

        QosClass qosClass() {
            if (requests.isEmpty() && limits.isEmpty()) {
                return BEST_EFFORT;
            }
            return allLimited && requests.equals(limits) ? GUARANTEED : BURSTABLE;
        }

        private static Map<String, Quantity> counted(JsonNode amounts) {
            Map<String, Quantity> counted = new LinkedHashMap<>();
            for (String name : COUNTED) {
                String amount = amounts.path(name).asString("");
                if (!amount.isEmpty()) {
                    counted.put(name, Quantity.parse(amount));
                }
            }
            return counted;
        }

        private static int addCounted(Map<String, Quantity> total, Map<String, Quantity> more) {
            int counted = 0;
            for (String name : COUNTED) {
                Quantity quantity = more.get(name);
                if (quantity != null && quantity.amount().signum() > 0) {
                    total.merge(name, quantity, Quantity::plus);
                    counted++;
                }
            }
            return counted;
        }
    }
}
