package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pod asks of a node: the sum of its containers and sidecars, or the greatest init step, plus overhead
/// (KEP-753 for sidecars, KEP-2837 for requests of the pod itself).
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
        for (Container container : pod.spec().containers()) {
            running = running.plus(requests(container, withDefaults));
        }
        Resources sidecars = Resources.NONE;
        Resources init = Resources.NONE;
        for (Container container : pod.spec().initContainers()) {
            Resources own = requests(container, withDefaults);
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

    private static Resources requests(Container container, boolean withDefaults) {
        ResourceRequirements resources = container.resources();
        Map<String, Quantity> asked = resources == null ? Map.of() : requested(resources);
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
