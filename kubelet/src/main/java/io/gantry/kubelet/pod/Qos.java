package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.QosClass;
import io.gantry.api.resource.Quantity;
import java.util.Map;

/// A pod's quality-of-service class (upstream `pkg/apis/core/helper/qos`).
public enum Qos {
    Guaranteed,
    Burstable,
    BestEffort;

    /// The class that the pod's requests and limits give it: those of the pod as a whole where it has some.
    public static Qos of(Pod pod) {
        return valueOf(QosClass.of(pod.spec()).text());
    }

    public static Map<String, Quantity> requests(Container container) {
        return container.resources() == null ? Map.of() : container.resources().requests();
    }

    public static Map<String, Quantity> limits(Container container) {
        return container.resources() == null ? Map.of() : container.resources().limits();
    }
}
