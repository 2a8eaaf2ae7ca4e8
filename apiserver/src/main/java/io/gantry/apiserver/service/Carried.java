package io.gantry.apiserver.service;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an update of a Service takes over from the old one where the client left it out (upstream
/// `patchAllocatedValues`); its rules see to node ports. Pure.
final class Carried {
    private static final List<String> IP_FIELDS = List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

    private Carried() {}

    static void over(ObjectNode service, JsonNode old) {
        ObjectNode spec = service.withObject("spec");
        JsonNode before = old.path("spec");
        if (hasIp(spec) && hasIp(before) && spec.path("clusterIP").asString("").isEmpty()) {
            for (String field : IP_FIELDS) {
                if (spec.path(field).isMissingNode()
                        || spec.path(field).asString("").isEmpty()
                                && !spec.path(field).isArray()) {
                    JsonNode value = before.get(field);
                    if (value != null) {
                        spec.set(field, value);
                    }
                }
            }
        }
        if (!hasNodePorts(spec) && hasNodePorts(before)) {
            dropPorts(spec, before);
        }
        boolean health = spec.path("type").asString("").equals("LoadBalancer")
                && spec.path("externalTrafficPolicy").asString("").equals("Local");
        if (health && spec.path("healthCheckNodePort").asInt(0) == 0 && before.has("healthCheckNodePort")) {
            spec.set("healthCheckNodePort", before.get("healthCheckNodePort"));
        } else if (!health && spec.path("healthCheckNodePort").equals(before.path("healthCheckNodePort"))) {
            spec.remove("healthCheckNodePort");
        }
    }

    /// A Service that no longer has node ports, sent with the old ones, loses them.
    private static void dropPorts(ObjectNode spec, JsonNode before) {
        for (JsonNode port : spec.path("ports")) {
            for (JsonNode other : before.path("ports")) {
                if (port instanceof ObjectNode entry
                        && other.path("port").equals(port.path("port"))
                        && other.path("nodePort").equals(port.path("nodePort"))) {
                    entry.remove("nodePort");
                }
            }
        }
    }

    private static boolean hasIp(JsonNode spec) {
        return !spec.path("type").asString("").equals("ExternalName");
    }

    private static boolean hasNodePorts(JsonNode spec) {
        String type = spec.path("type").asString("");
        return type.equals("NodePort") || type.equals("LoadBalancer");
    }
}
