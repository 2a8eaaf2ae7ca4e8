package io.gantry.api.core.v1.pod;

import io.gantry.api.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Copies AppArmor annotations of a new pod into the fields that runtimes look at (upstream
/// `applyAppArmorVersionSkew`).
final class AppArmorFields {
    private AppArmorFields() {}

    static void fill(ObjectNode pod) {
        JsonNode annotations = pod.path("metadata").path("annotations");
        JsonNode spec = pod.path("spec");
        if (annotations.isEmpty() || spec.path("os").path("name").asString("").equals("windows")) {
            return;
        }
        JsonNode ofPod = spec.path("securityContext").path("appArmorProfile");
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : spec.path(list)) {
                JsonNode annotation = annotations.path(
                        ProfileAnnotations.APP_ARMOR + container.path("name").asString(""));
                if (annotation.isString() && container instanceof ObjectNode object) {
                    fill(object, ProfileAnnotations.appArmor(annotation.stringValue()), ofPod);
                }
            }
        }
    }

    private static void fill(ObjectNode container, Optional<AppArmorProfile> named, JsonNode ofPod) {
        JsonNode own = container.path("securityContext").path("appArmorProfile");
        if (named.isEmpty() || own.isObject()) {
            return;
        }
        JsonNode profile = Json.MAPPER.valueToTree(named.orElseThrow());
        if (!profile.equals(ofPod)) {
            container.withObjectProperty("securityContext").set("appArmorProfile", profile);
        }
    }
}
