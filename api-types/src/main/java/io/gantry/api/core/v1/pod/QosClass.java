package io.gantry.api.core.v1.pod;

import io.gantry.api.resource.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Quality of service of a pod, by requests and limits of cpu and memory (upstream `pkg/apis/core/v1/helper/qos`).
public enum QosClass {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private static final Set<String> COUNTED = Set.of("cpu", "memory");

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
        Map<String, Quantity> requests = new LinkedHashMap<>();
        Map<String, Quantity> limits = new LinkedHashMap<>();
        boolean allLimited = true;
        for (ResourceRequirements resources : all) {
            addCounted(requests, resources.requests());
            allLimited &= addCounted(limits, resources.limits()) == COUNTED.size();
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return BEST_EFFORT;
        }
        boolean equal = requests.equals(limits);
        return allLimited && equal ? GUARANTEED : BURSTABLE;
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
