package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pod asks of a node: the sum of its containers and sidecars, or the greatest init step, plus overhead
/// (KEP-753 for sidecars, KEP-2837 for requests of the pod itself). A container that is being resized counts with the
/// most of what it asks for, was given and has; one whose resize can never be, without what it asks for (KEP-1287).
final class PodRequests {
    /// What spreading assumes of a container that asks for nothing (upstream `schedutil`).
    static final long DEFAULT_MILLI_CPU = 100;

    static final long DEFAULT_MEMORY_BYTES = 200L * 1024 * 1024;

    private PodRequests() {}

    /// The requests that must fit.
    static Resources of(Pod pod) {
        return total(pod, false);
    }

    /// The requests for scoring: a container without a request counts with a default.
    static Resources nonZero(Pod pod) {
        return total(pod, true);
    }

    private static Resources total(Pod pod, boolean withDefaults) {
        Resources running = Resources.NONE;
        boolean infeasible = infeasible(pod);
        for (Container container : pod.spec().containers()) {
            Map<String, Quantity> asked = asked(container, pod.status().containerStatuses(), infeasible);
            running = running.plus(requests(asked, withDefaults));
        }
        Resources sidecars = Resources.NONE;
        Resources init = Resources.NONE;
        for (Container container : pod.spec().initContainers()) {
            Map<String, Quantity> asked = asked(container, pod.status().initContainerStatuses(), infeasible);
            Resources own = requests(asked, withDefaults);
            if ("Always".equals(container.restartPolicy())) {
                running = running.plus(own);
                sidecars = sidecars.plus(own);
                own = sidecars;
            } else {
                own = own.plus(sidecars);
            }
            init = init.max(own);
        }
        Resources needed = podLevel(pod.spec().resources(), running.max(init));
        return needed.plus(Resources.of(pod.spec().overhead()));
    }

    private static Resources podLevel(@Nullable ResourceRequirements pod, Resources containers) {
        if (pod == null) {
            return containers;
        }
        Map<String, Quantity> asked = requested(pod);
        Resources own = Resources.of(asked);
        return new Resources(
                asked.containsKey("cpu") ? own.milliCpu() : containers.milliCpu(),
                asked.containsKey("memory") ? own.memory() : containers.memory(),
                containers.ephemeralStorage(),
                containers.max(own).scalars());
    }

    private static boolean infeasible(Pod pod) {
        return pod.status().conditions().stream()
                .anyMatch(c -> "PodResizePending".equals(c.type()) && "Infeasible".equals(c.reason()));
    }

    private static Map<String, Quantity> asked(
            Container container, List<ContainerStatus> statuses, boolean infeasible) {
        ResourceRequirements resources = container.resources();
        Map<String, Quantity> asked = resources == null ? Map.of() : requested(resources);
        for (ContainerStatus status : statuses) {
            ResourceRequirements actual = status.resources();
            if (status.name().equals(container.name()) && actual != null) {
                Map<String, Quantity> held = most(status.allocatedResources(), requested(actual));
                return infeasible ? held : most(asked, held);
            }
        }
        return asked;
    }

    private static Map<String, Quantity> most(Map<String, Quantity> a, Map<String, Quantity> b) {
        if (a.equals(b)) {
            return a;
        }
        Map<String, Quantity> most = new LinkedHashMap<>(a);
        b.forEach((name, amount) -> most.merge(name, amount, (x, y) -> x.compareTo(y) >= 0 ? x : y));
        return most;
    }

    private static Resources requests(Map<String, Quantity> asked, boolean withDefaults) {
        Resources own = Resources.of(asked);
        if (!withDefaults) {
            return own;
        }
        return new Resources(
                asked.containsKey("cpu") ? own.milliCpu() : DEFAULT_MILLI_CPU,
                asked.containsKey("memory") ? own.memory() : DEFAULT_MEMORY_BYTES,
                own.ephemeralStorage(),
                own.scalars());
    }

    /// Requests, with limits standing in where there is no request (the API server defaults them so).
    private static Map<String, Quantity> requested(ResourceRequirements resources) {
        if (resources.limits().isEmpty()) {
            return resources.requests();
        }
        Map<String, Quantity> asked = new LinkedHashMap<>(resources.limits());
        asked.putAll(resources.requests());
        return asked;
    }
}
