package io.gantry.api.core.v1.pod;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Defaults of a pod spec that depend on other fields, wherever a template is embedded (upstream
/// `pkg/apis/core/v1/defaults.go`). Constant defaults are annotations of [PodSpec] and what it holds.
public final class PodSpecDefaults {
    private static final Set<String> CONTAINER_LISTS = Set.of("containers", "initContainers", "ephemeralContainers");

    private static final String GRACE = "terminationGracePeriodSeconds";

    private PodSpecDefaults() {}

    /// Fills the pod spec of an object's template, where there is one.
    public static void applyToTemplate(JsonNode template) {
        if (template.path("spec") instanceof ObjectNode spec) {
            apply(spec);
        }
    }

    /// Fills a pod spec in place.
    public static void apply(ObjectNode spec) {
        for (JsonNode volume : spec.path("volumes")) {
            if (volume instanceof ObjectNode object && hasNoSource(object)) {
                object.putObject("emptyDir");
            }
            imageVolume(volume.path("image"));
        }
        for (String list : CONTAINER_LISTS) {
            for (JsonNode container : spec.path(list)) {
                pullPolicy(container);
            }
        }
        serviceAccount(spec);
    }

    /// Fills what only pods get and templates do not: requests from limits, service links, host ports, and a second for
    /// a grace period below zero (upstream `pkg/apis/core/v1/conversion.go`).
    public static void applyToPod(ObjectNode spec) {
        for (String list : Set.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                requestsFromLimits(container.path("resources"));
                if (spec.path("hostNetwork").asBoolean(false)) {
                    hostPorts(container);
                }
            }
        }
        PodLevelDefaults.apply(spec);
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        if (spec.path(GRACE).asLong(0) < 0) {
            spec.put(GRACE, 1);
        }
    }

    private static boolean hasNoSource(ObjectNode volume) {
        return volume.properties().stream()
                .noneMatch(e -> !e.getKey().equals("name") && !e.getValue().isNull());
    }

    private static void pullPolicy(JsonNode container) {
        if (container instanceof ObjectNode object
                && object.path("imagePullPolicy").asString("").isEmpty()) {
            String image = object.path("image").asString("");
            object.put("imagePullPolicy", ImageReference.defaultPullPolicy(image));
        }
    }

    private static void imageVolume(JsonNode source) {
        if (source instanceof ObjectNode image
                && image.path("pullPolicy").asString("").isEmpty()) {
            String reference = image.path("reference").asString("");
            image.put("pullPolicy", ImageReference.defaultPullPolicy(reference));
        }
    }

    private static void serviceAccount(ObjectNode spec) {
        String name = spec.path("serviceAccountName").asString("");
        String deprecated = spec.path("serviceAccount").asString("");
        String account = name.isEmpty() ? deprecated : name;
        if (!account.isEmpty()) {
            spec.put("serviceAccountName", account);
            spec.put("serviceAccount", account);
        }
    }

    private static void requestsFromLimits(JsonNode resources) {
        if (resources instanceof ObjectNode object && object.path("limits") instanceof ObjectNode limits) {
            ObjectNode requests =
                    object.path("requests") instanceof ObjectNode present ? present : object.putObject("requests");
            limits.properties().forEach(limit -> {
                if (!requests.has(limit.getKey())) {
                    requests.set(limit.getKey(), limit.getValue());
                }
            });
        }
    }

    private static void hostPorts(JsonNode container) {
        for (JsonNode port : container.path("ports")) {
            if (port instanceof ObjectNode object
                    && object.path("hostPort").asInt(0) == 0
                    && object.has("containerPort")) {
                object.set("hostPort", object.get("containerPort"));
            }
        }
    }
}
