package io.gantry.api.core.v1.service;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.BalancerAddresses;
import io.gantry.api.validation.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of Services (upstream `pkg/registry/core/service/strategy.go`, `pkg/apis/core/validation`). Addresses and
/// node ports are given by the API server's allocators.
public final class ServiceRules implements KindRules<Service> {
    private static final int AFFINITY_SECONDS = 10800;
    private static final Set<String> EXTERNAL = Set.of("NodePort", "LoadBalancer");

    @Override
    public void defaults(ObjectNode object) {
        Trees.object(object, "spec").ifPresent(ServiceRules::specDefaults);
        ObjectNode balancer = Trees.child(Trees.child(object, "status"), "loadBalancer");
        if (object.path("spec").path("type").asString("").equals("LoadBalancer")) {
            for (JsonNode ingress : balancer.path("ingress")) {
                if (ingress instanceof ObjectNode one && !Trees.unset(one, "ip")) {
                    Trees.defaultText(one, "ipMode", "VIP");
                }
            }
        }
    }

    private static void specDefaults(ObjectNode spec) {
        Trees.defaultText(spec, "type", "ClusterIP");
        Trees.defaultText(spec, "sessionAffinity", "None");
        if (spec.path("sessionAffinity").asString("").equals("None")) {
            spec.remove("sessionAffinityConfig");
        } else {
            ObjectNode clientIp = Trees.child(Trees.child(spec, "sessionAffinityConfig"), "clientIP");
            Trees.defaultNumber(clientIp, "timeoutSeconds", AFFINITY_SECONDS);
        }
        for (JsonNode port : spec.path("ports")) {
            if (port instanceof ObjectNode one) {
                Trees.defaultText(one, "protocol", "TCP");
                JsonNode target = one.path("targetPort");
                if ((Trees.unset(one, "targetPort") || (target.isInt() && target.asInt() == 0)) && one.has("port")) {
                    one.set("targetPort", one.get("port"));
                }
            }
        }
        String type = spec.path("type").asString("");
        if (EXTERNAL.contains(type)
                || (type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty())) {
            Trees.defaultText(spec, "externalTrafficPolicy", "Cluster");
        }
        if (!type.equals("ExternalName")) {
            Trees.defaultPointer(spec, "internalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            Trees.defaultBoolean(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status").putObject("loadBalancer");
        Trees.object(object, "spec").ifPresent(ServiceUpdates::normalizeClusterIps);
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        if (object.path("spec") instanceof ObjectNode spec && old.path("spec") instanceof ObjectNode oldSpec) {
            ServiceUpdates.prepare(spec, oldSpec);
        }
    }

    @Override
    public void validate(Service object, FieldErrors errors) {
        ServiceValidation.check(object.spec(), errors);
    }

    @Override
    public void validateUpdate(Service object, Service old, FieldErrors errors) {
        ServiceValidation.update(object.spec(), old.spec(), errors);
    }

    @Override
    public List<String> warnings(Service object) {
        return ServiceWarnings.of(object);
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("spec.clusterIP", "spec.type");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("spec.clusterIP", object.path("spec").path("clusterIP").asString(""));
        fields.put("spec.type", object.path("spec").path("type").asString(""));
        return fields;
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        BalancerAddresses.ofService(object, old, errors);
    }
}
