package io.gantry.apiserver.admission.optional;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.Refusals;
import io.gantry.apiserver.objects.Trees;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod keeps others off its node, not off a zone.
final class LimitPodHardAntiAffinityTopology implements AdmissionPlugin {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    @Override
    public String name() {
        return "LimitPodHardAntiAffinityTopology";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!Pods.isWritten(attributes)) {
            return;
        }
        for (JsonNode term : Trees.list(
                pod, "spec", "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")) {
            String key = Trees.text(term, "topologyKey");
            if (!key.equals(HOSTNAME)) {
                throw Refusals.forbidden(
                        attributes,
                        "affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey " + key + " but only key "
                                + HOSTNAME + " is allowed");
            }
        }
    }
}
