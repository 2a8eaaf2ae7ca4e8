package io.gantry.controllermanager.simulation;

import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Claims for devices: each entry of a pod that names a template has one of its own, and nobody else has one.
final class FinalClaims {
    private FinalClaims() {}

    static List<String> complaints(MemoryApi api) {
        List<String> wrong = new ArrayList<>();
        int entries = 0;
        for (ObjectNode pod : api.all(PodKind.KIND)) {
            for (JsonNode entry : pod.at("/spec/resourceClaims")) {
                if (entry.has("resourceClaimTemplateName")) {
                    entries++;
                    check(api, pod, entry.path("name").asString(""), wrong);
                }
            }
        }
        long made = api.all(ResourceClaimKind.KIND).stream()
                .filter(claim -> !claim.at("/metadata/ownerReferences").isEmpty())
                .count();
        if (made != entries) {
            wrong.add(made + " claims for " + entries + " entries of pods");
        }
        return wrong;
    }

    private static void check(MemoryApi api, ObjectNode pod, String entry, List<String> wrong) {
        List<String> told = pod.at("/status/resourceClaimStatuses")
                .valueStream()
                .filter(status -> status.path("name").asString("").equals(entry))
                .map(status -> status.path("resourceClaimName").asString(""))
                .toList();
        boolean right = told.size() == 1
                && api.find(
                                ResourceClaimKind.KIND,
                                pod.at("/metadata/namespace").asString(""),
                                told.getFirst())
                        .filter(claim ->
                                claim.at("/metadata/ownerReferences/0/uid").equals(pod.at("/metadata/uid")))
                        .isPresent();
        if (!right) {
            wrong.add("pod " + pod.at("/metadata/name") + " is told of " + told + " for " + entry);
        }
    }
}
