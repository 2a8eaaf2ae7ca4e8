package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The parts of a pod's spec that have a subresource of their own. Pure.
enum PodPart {
    EPHEMERAL_CONTAINERS {
        @Override
        ObjectNode take(ObjectNode current, ObjectNode wanted) {
            part(current.withObject("spec"), wanted.path("spec"), "ephemeralContainers");
            return current;
        }
    },
    RESIZE {
        @Override
        ObjectNode take(ObjectNode current, ObjectNode wanted) {
            for (String list : new String[] {"containers", "initContainers"}) {
                JsonNode before = current.path("spec").path(list);
                JsonNode after = wanted.path("spec").path(list);
                if (names(before).equals(names(after))) {
                    resize(before, after);
                } else {
                    // Validation refuses it by name.
                    current.withObject("spec").set(list, after.isMissingNode() ? Json.MAPPER.createArrayNode() : after);
                }
            }
            part(current.withObject("spec"), wanted.path("spec"), "resources");
            return current;
        }
    };

    /// Puts this part of `wanted` into `current`.
    abstract ObjectNode take(ObjectNode current, ObjectNode wanted);

    static PodPart of(String subresource) {
        return switch (subresource) {
            case "ephemeralcontainers" -> EPHEMERAL_CONTAINERS;
            case "resize" -> RESIZE;
            default -> throw StatusException.noSuchPath();
        };
    }

    private static List<String> names(JsonNode containers) {
        return containers
                .valueStream()
                .map(container -> container.path("name").asString(""))
                .toList();
    }

    private static void resize(JsonNode current, JsonNode wanted) {
        for (int i = 0; i < current.size(); i++) {
            for (String field : List.of("resources", "resizePolicy")) {
                if (current.get(i) instanceof ObjectNode container) {
                    part(container, wanted.get(i), field);
                }
            }
        }
    }

    private static void part(ObjectNode current, JsonNode wanted, String field) {
        JsonNode value = wanted.path(field);
        if (value.isMissingNode()) {
            current.remove(field);
        } else {
            current.set(field, value);
        }
    }
}
