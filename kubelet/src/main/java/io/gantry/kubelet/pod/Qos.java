package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A pod's quality-of-service class (upstream `pkg/apis/core/helper/qos`).
public enum Qos {
    Guaranteed,
    Burstable,
    BestEffort;

    private static final List<String> COUNTED = List.of("cpu", "memory");

    /// The class that the pod's requests and limits give it.
    public static Qos of(Pod pod) {
        List<Container> containers = new ArrayList<>(pod.spec().initContainers());
        containers.addAll(pod.spec().containers());
        boolean any = false;
        boolean guaranteed = true;
        for (Container container : containers) {
            Map<String, Quantity> requests = requests(container);
            Map<String, Quantity> limits = limits(container);
            for (String resource : COUNTED) {
                Quantity limit = limits.getOrDefault(resource, Quantity.ZERO);
                Quantity request = requests.getOrDefault(resource, limit);
                any |= positive(limit) || positive(request);
                guaranteed &= positive(limit) && request.compareTo(limit) == 0;
            }
        }
        return !any ? BestEffort : guaranteed ? Guaranteed : Burstable;
    }

    public static Map<String, Quantity> requests(Container container) {
        return container.resources() == null ? Map.of() : container.resources().requests();
    }

    public static Map<String, Quantity> limits(Container container) {
        return container.resources() == null ? Map.of() : container.resources().limits();
    }

    private static boolean positive(Quantity quantity) {
        return quantity.compareTo(Quantity.ZERO) > 0;
    }
}
