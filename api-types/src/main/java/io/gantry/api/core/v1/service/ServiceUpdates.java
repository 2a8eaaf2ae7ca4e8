package io.gantry.api.core.v1.service;

import io.gantry.api.validation.Trees;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an update of a Service keeps of allocated values, and what it drops with a change of type (upstream
/// `patchAllocatedValues`, `dropTypeDependentFields`).
final class ServiceUpdates {
    private static final Set<String> WITH_NODE_PORTS = Set.of("NodePort", "LoadBalancer");

    private ServiceUpdates() {}

    static void prepare(ObjectNode spec, ObjectNode old) {
        if (hasClusterIp(spec) && hasClusterIp(old)) {
            keepClusterIps(spec, old);
        }
        if (isGivenNodePorts(spec) && isGivenNodePorts(old)) {
            keepNodePorts(spec, old);
        }
        if (needsHealthCheck(spec) && Trees.unset(spec, "healthCheckNodePort") && old.has("healthCheckNodePort")) {
            spec.set("healthCheckNodePort", old.get("healthCheckNodePort"));
        }
        dropTypeDependentFields(spec, old);
        normalizeClusterIps(spec);
    }

    /// `clusterIPs` follows `clusterIP` where only the one is given.
    static void normalizeClusterIps(ObjectNode spec) {
        String first = spec.path("clusterIP").asString("");
        if (!first.isEmpty() && spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(first);
        } else if (first.isEmpty() && !spec.path("clusterIPs").isEmpty()) {
            spec.set("clusterIP", spec.path("clusterIPs").path(0));
        }
    }

    private static boolean hasClusterIp(ObjectNode spec) {
        return !spec.path("type").asString("").equals("ExternalName");
    }

    private static boolean hasNodePorts(ObjectNode spec) {
        return WITH_NODE_PORTS.contains(spec.path("type").asString(""));
    }

    private static boolean isReachedFromOutside(ObjectNode spec) {
        return hasNodePorts(spec)
                || spec.path("type").asString("").equals("ClusterIP")
                        && !spec.path("externalIPs").isEmpty();
    }

    /// Whether ports without a node port get one.
    private static boolean isGivenNodePorts(ObjectNode spec) {
        return hasNodePorts(spec)
                && (spec.path("type").asString("").equals("NodePort")
                        || spec.path("allocateLoadBalancerNodePorts").asBoolean(true));
    }

    private static boolean needsHealthCheck(ObjectNode spec) {
        return spec.path("type").asString("").equals("LoadBalancer")
                && spec.path("externalTrafficPolicy").asString("").equals("Local");
    }

    private static void keepClusterIps(ObjectNode spec, ObjectNode old) {
        String now = spec.path("clusterIP").asString("");
        String before = old.path("clusterIP").asString("");
        if (now.isEmpty() && spec.path("clusterIPs").isEmpty()) {
            Trees.restore(spec, old, "clusterIP");
            Trees.restore(spec, old, "clusterIPs");
        } else if (!now.equals(before)
                && !now.isEmpty()
                && spec.path("clusterIPs").equals(old.path("clusterIPs"))) {
            spec.putArray("clusterIPs").add(now);
        } else if (!spec.has("clusterIPs") && now.equals(before)) {
            Trees.restore(spec, old, "clusterIPs");
        }
        for (String family : Set.of("ipFamilies", "ipFamilyPolicy")) {
            if (!spec.has(family)) {
                Trees.restore(spec, old, family);
            }
        }
    }

    /// By the ports' names: all else of a port may change.
    private static void keepNodePorts(ObjectNode spec, ObjectNode old) {
        Set<Integer> used = nodePorts(old);
        used.retainAll(nodePorts(spec));
        Map<String, JsonNode> byName = new HashMap<>();
        old.path("ports").forEach(port -> byName.put(port.path("name").asString(""), port.path("nodePort")));
        for (JsonNode port : spec.path("ports")) {
            JsonNode before = byName.get(port.path("name").asString(""));
            if (port instanceof ObjectNode one
                    && one.path("nodePort").asInt(0) == 0
                    && before != null
                    && before.asInt(0) != 0
                    && !used.contains(before.asInt())) {
                one.set("nodePort", before);
            }
        }
    }

    private static Set<Integer> nodePorts(ObjectNode spec) {
        Set<Integer> ports = new HashSet<>();
        spec.path("ports").forEach(port -> ports.add(port.path("nodePort").asInt(0)));
        return ports;
    }

    private static void dropTypeDependentFields(ObjectNode spec, ObjectNode old) {
        if (hasClusterIp(old) && !hasClusterIp(spec)) {
            for (String field :
                    Set.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy")) {
                dropIfUnchanged(spec, old, field);
            }
        }
        if (hasNodePorts(old) && !hasNodePorts(spec)) {
            dropNodePorts(spec, old);
        }
        if (isReachedFromOutside(old) && !isReachedFromOutside(spec)) {
            dropIfUnchanged(spec, old, "externalTrafficPolicy");
        }
        if (needsHealthCheck(old) && !needsHealthCheck(spec)) {
            dropIfUnchanged(spec, old, "healthCheckNodePort");
        }
        boolean wasBalanced = old.path("type").asString("").equals("LoadBalancer");
        if (wasBalanced && !spec.path("type").asString("").equals("LoadBalancer")) {
            dropIfUnchanged(spec, old, "allocateLoadBalancerNodePorts");
            dropIfUnchanged(spec, old, "loadBalancerClass");
        }
    }

    private static void dropIfUnchanged(ObjectNode spec, ObjectNode old, String field) {
        if (spec.path(field).equals(old.path(field))) {
            spec.remove(field);
        }
    }

    private static void dropNodePorts(ObjectNode spec, ObjectNode old) {
        Set<Integer> before = new HashSet<>();
        old.path("ports").forEach(p -> before.add(p.path("nodePort").asInt(0)));
        for (JsonNode port : spec.path("ports")) {
            if (port instanceof ObjectNode one
                    && before.contains(one.path("nodePort").asInt(0))) {
                one.remove("nodePort");
            }
        }
    }
}
