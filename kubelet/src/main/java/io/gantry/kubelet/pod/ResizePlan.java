package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.resource.Quantity;
import java.util.List;
import java.util.Map;

/// Whether a pod may have the amounts that its spec now asks for (upstream `pkg/kubelet/allocation`). Pure.
public record ResizePlan(Verdict verdict, String message) {
    private static final List<String> COUNTED = List.of("cpu", "memory");
    static final ResizePlan FITS = new ResizePlan(Verdict.FITS, "");

    /// The answer; the names are the condition's reasons.
    public enum Verdict {
        FITS("", ""),
        /// Not now: other pods take what is missing.
        DEFERRED("Deferred", "ResizeDeferred"),
        /// Never on this node.
        INFEASIBLE("Infeasible", "ResizeInfeasible");

        private final String reason;
        private final String event;

        Verdict(String reason, String event) {
            this.reason = reason;
            this.event = event;
        }

        String reason() {
            return reason;
        }

        String event() {
            return event;
        }
    }

    /// @param wanted the pod with the amounts it asks for
    /// @param allocated the same pod with the amounts it was given
    /// @param others what the node's other pods were given altogether
    static ResizePlan of(Pod wanted, Pod allocated, Map<String, Quantity> others, Map<String, Quantity> allocatable) {
        Map<String, Quantity> asked = PodResources.requests(wanted);
        Map<String, Quantity> given = PodResources.requests(allocated);
        for (String resource : COUNTED) {
            Quantity capacity = allocatable.get(resource);
            Quantity amount = asked.getOrDefault(resource, Quantity.ZERO);
            if (capacity == null || amount.compareTo(given.getOrDefault(resource, Quantity.ZERO)) <= 0) {
                continue;
            }
            if (amount.compareTo(capacity) > 0) {
                return new ResizePlan(
                        Verdict.INFEASIBLE,
                        "Node didn't have enough capacity: " + resource + ", requested: " + shown(resource, amount)
                                + ", capacity: " + shown(resource, capacity));
            }
            Quantity used = others.getOrDefault(resource, Quantity.ZERO);
            if (used.plus(amount).compareTo(capacity) > 0) {
                return new ResizePlan(
                        Verdict.DEFERRED,
                        "Node didn't have enough resource: " + resource + ", requested: " + shown(resource, amount)
                                + ", used: " + shown(resource, used) + ", capacity: " + shown(resource, capacity));
            }
        }
        return FITS;
    }

    private static long shown(String resource, Quantity quantity) {
        return resource.equals("cpu") ? quantity.milliValue() : quantity.value();
    }
}
