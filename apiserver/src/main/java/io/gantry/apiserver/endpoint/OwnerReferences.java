package io.gantry.apiserver.endpoint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Owners that are named twice are kept once, and the client is warned (upstream `dedupOwnerReferences`).
final class OwnerReferences {
    private static final String REPEATED = "API server dedups owner references in 1.20+, and may reject such requests"
            + " as early as 1.24; please fix your requests; duplicate UID(s) observed: ";

    private OwnerReferences() {}

    /// As the client sent them.
    static void sent(Call call, ObjectNode object) {
        dedup(call, object, ".metadata.ownerReferences contains duplicate entries; ");
    }

    /// As admission or a patch left them.
    static void mutated(Call call, ObjectNode object) {
        dedup(call, object, ".metadata.ownerReferences contains duplicate entries after mutating admission happens; ");
    }

    private static void dedup(Call call, ObjectNode object, String what) {
        if (!(object.path("metadata").get("ownerReferences") instanceof ArrayNode owners) || owners.size() < 2) {
            return;
        }
        Set<JsonNode> kept = new HashSet<>();
        List<String> repeated = new ArrayList<>();
        ArrayNode once = object.arrayNode();
        for (JsonNode owner : owners) {
            if (kept.add(owner)) {
                once.add(owner);
            } else {
                repeated.add(owner.path("uid").asString(""));
            }
        }
        if (repeated.isEmpty()) {
            return;
        }
        Metadata.of(object).set("ownerReferences", once);
        String warning = what + REPEATED + String.join(", ", repeated);
        if (!call.warnings().contains(warning)) {
            call.warnings().add(warning);
        }
    }
}
