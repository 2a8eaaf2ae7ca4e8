package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Claims that were made for a pod, as its status tells them (upstream `validatePodResourceClaimStatuses`,
/// `validatePodExtendedResourceClaimStatus`).
final class PodClaimStatusValidation {
    private static final String EXTENDED = "status.extendedResourceClaimStatus";

    private PodClaimStatusValidation() {}

    static void check(JsonNode pod, FieldErrors errors) {
        claims(pod, errors);
        JsonNode extended = pod.path("status").path("extendedResourceClaimStatus");
        if (extended.isObject()) {
            extended(extended, containers(pod.path("spec")), errors);
        }
    }

    private static void claims(JsonNode pod, FieldErrors errors) {
        Set<String> inSpec = new HashSet<>();
        pod.path("spec").path("resourceClaims").values().forEach(claim -> inSpec.add(text(claim, "name")));
        Set<String> seen = new HashSet<>();
        JsonNode statuses = pod.path("status").path("resourceClaimStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            String at = "status.resourceClaimStatuses[" + i + "]";
            String name = text(statuses.get(i), "name");
            if (!inSpec.contains(name)) {
                errors.invalid(at + ".name", name, "must match the name of an entry in `spec.resourceClaims`");
            }
            if (!seen.add(name)) {
                errors.duplicate(at + ".name", name);
            }
            if (statuses.get(i).hasNonNull("resourceClaimName")) {
                String claim = text(statuses.get(i), "resourceClaimName");
                Names.subdomain(claim).forEach(wrong -> errors.invalid(at + ".resourceClaimName", claim, wrong));
            }
        }
    }

    private static Map<String, JsonNode> containers(JsonNode spec) {
        Map<String, JsonNode> containers = new HashMap<>();
        for (String list : List.of("initContainers", "containers")) {
            spec.path(list).values().forEach(container -> containers.put(text(container, "name"), container));
        }
        return containers;
    }

    private static void extended(JsonNode status, Map<String, JsonNode> containers, FieldErrors errors) {
        JsonNode mappings = status.path("requestMappings");
        if (mappings.isEmpty()) {
            errors.required(EXTENDED + ".requestMappings", "at least one request mapping is required");
        }
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < mappings.size(); i++) {
            String at = EXTENDED + ".requestMappings[" + i + "]";
            JsonNode mapping = mappings.get(i);
            String container = text(mapping, "containerName");
            String resource = text(mapping, "resourceName");
            String request = text(mapping, "requestName");
            named(containers, container, resource, at, errors);
            Names.label(request).forEach(wrong -> errors.invalid(EXTENDED + ".requestName", request, wrong));
            if (!seen.add(List.of(container, resource, request))) {
                errors.duplicate(at + ".containerName", container);
                errors.duplicate(at + ".resourceName", resource);
                errors.duplicate(at + ".requestName", request);
            }
        }
        String claim = text(status, "resourceClaimName");
        if (claim.isEmpty()) {
            errors.required(EXTENDED + ".resourceClaimName", "");
        } else {
            Names.subdomain(claim).forEach(wrong -> errors.invalid(EXTENDED + ".resourceClaimName", claim, wrong));
        }
    }

    private static void named(
            Map<String, JsonNode> containers, String container, String resource, String at, FieldErrors errors) {
        JsonNode found = containers.get(container);
        if (found == null) {
            errors.invalid(
                    at + ".containerName",
                    container,
                    "must match the name of an entry in spec.initContainers.name or spec.containers.name");
        } else if (!found.path("resources").path("requests").has(resource)) {
            errors.invalid(
                    at + ".resourceName",
                    resource,
                    "must match the extended resource name of an entry in spec.initContainers.resources.requests or"
                            + " spec.containers.resources.requests");
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
