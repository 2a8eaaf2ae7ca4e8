package io.gantry.api.core.v1.pod;

import io.gantry.api.resource.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a pod needs altogether (upstream `k8s.io/component-helpers/resource`): containers and sidecars together, or a
/// step of initialization where that is more, and the overhead of its RuntimeClass. Pod-level values win.
public final class PodResources {
    private PodResources() {}

    /// Requests by resource.
    public static Map<String, Quantity> requests(Pod pod) {
        return requests(pod.spec());
    }

    /// Requests by resource.
    public static Map<String, Quantity> requests(PodSpec spec) {
        Map<String, Quantity> total = total(spec, c -> requestsOf(c.resources()));
        if (spec.resources() != null) {
            total.putAll(spec.resources().requests());
        }
        addAll(total, spec.overhead());
        return total;
    }

    /// Requests by resource of the containers alone, whatever the pod asks for as a whole.
    public static Map<String, Quantity> containerRequests(PodSpec spec) {
        return total(spec, c -> requestsOf(c.resources()));
    }

    /// Limits by resource; a resource that a container does not limit counts with those that do.
    public static Map<String, Quantity> limits(PodSpec spec) {
        Map<String, Quantity> total = total(spec, c -> limitsOf(c.resources()));
        if (spec.resources() != null) {
            total.putAll(spec.resources().limits());
        }
        spec.overhead().forEach((name, quantity) -> {
            if (total.containsKey(name)) {
                total.merge(name, quantity, Quantity::plus);
            }
        });
        return total;
    }

    /// Whether an init container keeps running beside the others.
    public static boolean isSidecar(Container container) {
        return "Always".equals(container.restartPolicy());
    }

    /// A container's requests; empty where it has none.
    public static Map<String, Quantity> requestsOf(@Nullable ResourceRequirements resources) {
        return resources == null ? Map.of() : resources.requests();
    }

    /// A container's limits; empty where it has none.
    public static Map<String, Quantity> limitsOf(@Nullable ResourceRequirements resources) {
        return resources == null ? Map.of() : resources.limits();
    }

    private static Map<String, Quantity> total(PodSpec spec, Function<Container, Map<String, Quantity>> of) {
        Map<String, Quantity> total = new LinkedHashMap<>();
        spec.containers().forEach(c -> addAll(total, of.apply(c)));
        Map<String, Quantity> sidecars = new LinkedHashMap<>();
        Map<String, Quantity> steps = new LinkedHashMap<>();
        for (Container container : spec.initContainers()) {
            if (isSidecar(container)) {
                addAll(total, of.apply(container));
                addAll(sidecars, of.apply(container));
                maxAll(steps, sidecars);
            } else {
                Map<String, Quantity> step = new LinkedHashMap<>(sidecars);
                addAll(step, of.apply(container));
                maxAll(steps, step);
            }
        }
        maxAll(total, steps);
        return total;
    }

    /// Adds each amount to a total.
    public static void addAll(Map<String, Quantity> total, Map<String, Quantity> more) {
        more.forEach((name, quantity) -> total.merge(name, quantity, Quantity::plus));
    }

    private static void maxAll(Map<String, Quantity> total, Map<String, Quantity> other) {
        other.forEach((name, quantity) -> total.merge(name, quantity, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }

    /// All containers that run: init containers first.
    public static List<Container> allContainers(PodSpec spec) {
        return Stream.concat(spec.initContainers().stream(), spec.containers().stream())
                .toList();
    }
}
