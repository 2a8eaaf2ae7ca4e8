package io.gantry.api.core.v1.pod;

import io.gantry.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Copies AppArmor annotations of a new pod into the fields that runtimes look at (upstream
/// `applyAppArmorVersionSkew`).
final class AppArmorFields {
    private AppArmorFields() {}

    /// A container with an annotation and without a field of its own.
    ///
    /// @param key of the annotation
    /// @param profile that it names, as the field would have it; empty where it names none
    private record Annotated(ObjectNode container, String key, Optional<JsonNode> profile) {}

    static void fill(ObjectNode pod) {
        JsonNode ofPod = ofPod(pod);
        for (Annotated annotated : annotated(pod)) {
            annotated
                    .profile()
                    .filter(profile -> !profile.equals(ofPod))
                    .ifPresent(profile -> annotated
                            .container()
                            .withObjectProperty("securityContext")
                            .set("appArmorProfile", profile));
        }
    }

    /// What is said of annotations that [#fill] copies, and of those that it cannot: those that say what a field says
    /// are passed by.
    static List<String> warnings(ObjectNode pod) {
        JsonNode ofPod = ofPod(pod);
        return annotated(pod).stream()
                .filter(annotated -> !annotated.profile().equals(Optional.of(ofPod)))
                .map(annotated ->
                        "metadata.annotations[" + annotated.key() + "]: " + AnnotationWarnings.APP_ARMOR_WARNING)
                .toList();
    }

    private static JsonNode ofPod(ObjectNode pod) {
        return pod.path("spec").path("securityContext").path("appArmorProfile");
    }

    private static List<Annotated> annotated(ObjectNode pod) {
        JsonNode annotations = pod.path("metadata").path("annotations");
        JsonNode spec = pod.path("spec");
        List<Annotated> found = new ArrayList<>();
        if (annotations.isEmpty() || spec.path("os").path("name").asString("").equals("windows")) {
            return found;
        }
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : spec.path(list)) {
                String key =
                        ProfileAnnotations.APP_ARMOR + container.path("name").asString("");
                boolean own = container
                        .path("securityContext")
                        .path("appArmorProfile")
                        .isObject();
                if (annotations.path(key).isString() && !own && container instanceof ObjectNode object) {
                    found.add(new Annotated(
                            object,
                            key,
                            ProfileAnnotations.appArmor(annotations.path(key).stringValue())
                                    .<JsonNode>map(Json.MAPPER::valueToTree)));
                }
            }
        }
        return found;
    }
}
