package io.gantry.apiserver.admission.podsecurity;

import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A pod as the checks look at it.
record PodView(JsonNode spec, Map<String, String> annotations, List<JsonNode> containers) {
    static PodView of(JsonNode metadata, JsonNode spec) {
        List<JsonNode> containers = new ArrayList<>();
        for (String field : List.of("initContainers", "containers", "ephemeralContainers")) {
            containers.addAll(Trees.list(spec, field));
        }
        return new PodView(spec, Trees.map(metadata, "annotations"), containers);
    }

    JsonNode securityContext() {
        return spec.path("securityContext");
    }

    /// Whether root of the pod is nobody on the node.
    boolean ownUsers() {
        return spec.path("hostUsers").isBoolean() && !spec.path("hostUsers").booleanValue();
    }

    boolean windows() {
        return Trees.text(spec, "os", "name").equals("windows");
    }

    /// Names of the containers for which something holds, as upstream lists them; empty when for none.
    String offending(Predicate<JsonNode> bad) {
        List<String> names = containers.stream()
                .filter(bad)
                .map(container -> '"' + Trees.text(container, "name") + '"')
                .toList();
        return names.isEmpty() ? "" : (names.size() > 1 ? "containers " : "container ") + String.join(", ", names);
    }

    static String quoted(List<String> words) {
        return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
    }
}
