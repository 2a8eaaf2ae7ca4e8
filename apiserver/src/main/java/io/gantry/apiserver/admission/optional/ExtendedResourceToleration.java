package io.gantry.apiserver.admission.optional;

import io.gantry.api.core.v1.pod.ResourceValidation;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod that asks for a vendor's resource tolerates the taint by which its nodes are kept for such pods.
final class ExtendedResourceToleration implements AdmissionPlugin {
    @Override
    public String name() {
        return "ExtendedResourceToleration";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!Pods.isWritten(attributes)) {
            return;
        }
        Set<String> resources = new TreeSet<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : Trees.list(pod, "spec", list)) {
                Trees.map(container, "resources", "requests").keySet().stream()
                        .filter(ResourceValidation::isExtended)
                        .forEach(resources::add);
            }
        }
        resources.forEach(resource -> tolerate(
                pod, new Toleration(resource, Toleration.EXISTS, "", Toleration.NO_SCHEDULE, Optional.empty())));
    }

    /// In the place of one that differs in its seconds alone.
    private static void tolerate(ObjectNode pod, Toleration wanted) {
        List<Toleration> tolerations = new ArrayList<>(Toleration.of(pod));
        if (tolerations.contains(wanted)) {
            return;
        }
        tolerations.replaceAll(there -> there.matches(wanted) ? wanted : there);
        if (!tolerations.contains(wanted)) {
            tolerations.add(wanted);
        }
        Toleration.put(pod, tolerations);
    }
}
