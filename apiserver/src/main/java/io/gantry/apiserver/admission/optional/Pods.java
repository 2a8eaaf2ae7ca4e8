package io.gantry.apiserver.admission.optional;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/// Trees of pods.
final class Pods {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    private Pods() {}

    /// Whether a pod itself is created.
    static boolean isCreated(AdmissionAttributes attributes) {
        return attributes.is("", "pods") && attributes.operation() == AdmissionAttributes.Operation.CREATE;
    }

    /// Whether a pod itself is created or replaced.
    static boolean isWritten(AdmissionAttributes attributes) {
        return isCreated(attributes)
                || (attributes.is("", "pods") && attributes.operation() == AdmissionAttributes.Operation.UPDATE);
    }

    /// Every container with its path, in upstream's order.
    static void visit(ObjectNode pod, BiConsumer<ObjectNode, String> visitor) {
        for (String list : CONTAINERS) {
            int index = 0;
            for (ObjectNode container : Trees.objects(pod, "spec", list)) {
                visitor.accept(container, "spec." + list + "[" + index++ + "]");
            }
        }
    }
}
