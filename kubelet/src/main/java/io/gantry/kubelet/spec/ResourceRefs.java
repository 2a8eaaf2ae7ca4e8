package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceFieldSelector;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.Qos;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;

/// The downward API's container resources (upstream `pkg/api/v1/resource`). Pure.
public final class ResourceRefs {
    private ResourceRefs() {}

    /// The value of a reference, rounded up to whole divisors.
    ///
    /// @param own the container that refers; used where the reference names none
    public static String value(Pod pod, String own, ResourceFieldSelector selector, PodFacts facts) {
        String name = Objects.requireNonNullElse(selector.containerName(), own);
        Container container = PodContainer.find(pod, name.isEmpty() ? own : name)
                .orElseThrow(() -> new IllegalArgumentException("container " + name + " not found"))
                .spec();
        int dot = selector.resource().indexOf('.');
        String side = selector.resource().substring(0, Math.max(dot, 0));
        String resource = selector.resource().substring(dot + 1);
        Quantity amount = amount(pod, container, side, resource, facts);
        Quantity divisor = selector.divisor();
        BigDecimal by = divisor == null || divisor.amount().signum() == 0 ? BigDecimal.ONE : divisor.amount();
        return amount.amount().divide(by, 0, RoundingMode.CEILING).toPlainString();
    }

    private static Quantity amount(Pod pod, Container container, String side, String resource, PodFacts facts) {
        Map<String, Quantity> limits = Qos.limits(container);
        Map<String, Quantity> requests = Qos.requests(container);
        return switch (side) {
            case "limits" -> {
                Quantity limit = limits.get(resource);
                yield limit != null && limit.amount().signum() != 0 ? limit : limitOfPod(pod, resource, facts);
            }
            case "requests" -> requests.getOrDefault(resource, Quantity.ZERO);
            default -> throw new IllegalArgumentException("unsupported container resource : " + side + "." + resource);
        };
    }

    /// What a container without a limit of its own may use: its pod's limit, else the node's resources.
    private static Quantity limitOfPod(Pod pod, String resource, PodFacts facts) {
        ResourceRequirements whole = pod.spec().resources();
        Quantity limit = whole == null ? null : whole.limits().get(resource);
        return limit != null && limit.amount().signum() != 0
                ? limit
                : facts.allocatable().getOrDefault(resource, Quantity.ZERO);
    }
}
