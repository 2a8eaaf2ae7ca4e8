package io.gantry.controllermanager.podautoscaler;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What pods request of a resource, in thousandths. Pure.
final class PodRequests {
    private PodRequests() {}

    /// By the pods' names.
    ///
    /// @param container of which the requests count; empty for all
    /// @throws MetricFailure when a container requests nothing of the resource
    static Map<String, Long> of(List<Pod> pods, String container, String resource) throws MetricFailure {
        Map<String, Long> requests = new HashMap<>();
        for (Pod pod : pods) {
            ResourceRequirements whole = pod.spec().resources();
            requests.put(
                    text(pod.metadata().name()),
                    whole != null && container.isEmpty() && isOfPods(whole)
                            ? ofPod(pod, whole, resource)
                            : ofContainers(pod, container, resource));
        }
        return requests;
    }

    /// Whether the pod as a whole requests something that a pod can.
    private static boolean isOfPods(ResourceRequirements whole) {
        return whole.requests().keySet().stream()
                .anyMatch(resource ->
                        resource.equals("cpu") || resource.equals("memory") || resource.startsWith("hugepages-"));
    }

    /// What a pod requests as a whole; of what it does not name, what its containers do.
    private static long ofPod(Pod pod, ResourceRequirements whole, String resource) throws MetricFailure {
        Quantity named = whole.requests().get(resource);
        long sum = 0;
        boolean known = named != null;
        if (named != null) {
            sum = named.milliValue();
        } else {
            for (Container container : lasting(pod)) {
                Quantity request = request(container, resource);
                sum += request == null ? 0 : request.milliValue();
                known |= request != null;
            }
        }
        Quantity overhead = pod.spec().overhead().get(resource);
        if (!known) {
            throw new MetricFailure("missing pod-level request for " + resource + " in Pod "
                    + text(pod.metadata().name()));
        }
        return sum + (overhead == null ? 0 : overhead.milliValue());
    }

    private static long ofContainers(Pod pod, String wanted, String resource) throws MetricFailure {
        String name = text(pod.metadata().name());
        long sum = 0;
        boolean found = wanted.isEmpty();
        for (Container container : lasting(pod)) {
            if (wanted.isEmpty() || wanted.equals(container.name())) {
                Quantity request = request(container, resource);
                if (request == null) {
                    throw new MetricFailure("missing request for " + resource + " in container " + container.name()
                            + " of Pod " + name);
                }
                sum += request.milliValue();
                found = true;
            }
        }
        if (!found) {
            throw new MetricFailure("container " + wanted + " not found in Pod " + name);
        }
        return sum;
    }

    /// Containers and sidecars.
    private static List<Container> lasting(Pod pod) {
        List<Container> all = new ArrayList<>(pod.spec().containers());
        pod.spec().initContainers().stream()
                .filter(c -> "Always".equals(c.restartPolicy()))
                .forEach(all::add);
        return all;
    }

    private static @Nullable Quantity request(Container container, String resource) {
        return container.resources() == null
                ? null
                : container.resources().requests().get(resource);
    }
}
