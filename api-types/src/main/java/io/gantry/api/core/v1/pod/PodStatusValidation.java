package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What an update of a pod's status may say (upstream `ValidatePodStatusUpdate`). Looks at trees: nodes
/// write the status of each of their pods again and again, and records would cost more than the rules.
final class PodStatusValidation {
    private static final Set<String> SYSTEM = Set.of("PodScheduled", "Ready", "Initialized");
    private static final String NOT_NEGATIVE = "must be a non-negative integer";

    private PodStatusValidation() {}

    static void check(JsonNode pod, JsonNode old, FieldErrors errors) {
        JsonNode status = pod.path("status");
        conditions(status.path("conditions"), errors);
        nominatedNode(pod, old, errors);
        if (status.path("observedGeneration").asLong(0) < 0) {
            errors.invalid(
                    "status.observedGeneration",
                    status.path("observedGeneration").asLong(0),
                    NOT_NEGATIVE);
        }
        Immutable.check(qosClass(pod), qosClass(old), "status.qosClass", errors);
        PodClaimStatusValidation.check(pod, errors);
        addresses(status, old.path("status"), "podIPs", errors);
        if (!status.path("hostIPs").isEmpty()) {
            String first = ip(status.path("hostIPs").get(0));
            if (!first.equals(status.path("hostIP").asString(""))) {
                errors.invalid("status.hostIPs[0].ip", first, "must be equal to `hostIP`");
            }
            addresses(status, old.path("status"), "hostIPs", errors);
        }
        ContainerStatusValidation.check(pod, errors);
    }

    private static void conditions(JsonNode conditions, FieldErrors errors) {
        for (int i = 0; i < conditions.size(); i++) {
            String at = "status.conditions[" + i + "]";
            long observed = conditions.get(i).path("observedGeneration").asLong(0);
            if (observed < 0) {
                errors.invalid(at + ".observedGeneration", observed, NOT_NEGATIVE);
            }
            String type = conditions.get(i).path("type").asString("");
            if (!SYSTEM.contains(type)) {
                Names.qualified(type).forEach(wrong -> errors.invalid(at + ".Type", type, wrong));
            }
        }
    }

    private static void nominatedNode(JsonNode pod, JsonNode old, FieldErrors errors) {
        String path = "status.nominatedNodeName";
        String node = pod.path("status").path("nominatedNodeName").asString("");
        if (node.isEmpty()
                || node.equals(old.path("status").path("nominatedNodeName").asString(""))) {
            return;
        }
        Names.subdomain(node).forEach(wrong -> errors.invalid(path, node, wrong));
        if (!old.path("spec").path("nodeName").asString("").isEmpty()) {
            errors.forbidden(path, "may not be set on pods that are already bound to a node");
        }
    }

    private static String qosClass(JsonNode pod) {
        return pod.path("status").path("qosClass").asString("");
    }

    /// One address of each family at most; what was there before stays good.
    private static void addresses(JsonNode status, JsonNode old, String field, FieldErrors errors) {
        Set<String> known = new HashSet<>();
        old.path(field).values().forEach(address -> known.add(ip(address)));
        List<String> ips =
                status.path(field).valueStream().map(PodStatusValidation::ip).toList();
        for (int i = 0; i < ips.size(); i++) {
            if (!known.contains(ips.get(i))) {
                References.ip(ips.get(i), "status." + field + "[" + i + "]", errors);
            }
        }
        if (ips.size() > 1 && (ips.size() > 2 || isV6(ips.get(0)) == isV6(ips.get(1)))) {
            errors.invalid("status." + field, status.path(field), "may specify no more than one IP for each IP family");
        }
    }

    private static String ip(JsonNode address) {
        return address.path("ip").asString("");
    }

    private static boolean isV6(String ip) {
        return ip.indexOf(':') >= 0;
    }
}
