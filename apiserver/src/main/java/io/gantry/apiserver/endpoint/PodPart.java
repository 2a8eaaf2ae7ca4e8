package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The parts of a pod's spec that have a subresource of their own. Pure.
enum PodPart {
    EPHEMERAL_CONTAINERS {
        @Override
        ObjectNode take(ObjectNode current, ObjectNode wanted) {
            JsonNode containers = wanted.path("spec").path("ephemeralContainers");
            if (!containers.isMissingNode()) {
                current.withObject("spec").set("ephemeralContainers", containers);
            }
            return current;
        }
    },
    RESIZE {
        @Override
        ObjectNode take(ObjectNode current, ObjectNode wanted) {
            for (String list : new String[] {"containers", "initContainers"}) {
                resize(current.path("spec").path(list), wanted.path("spec").path(list));
            }
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

    private static void resize(JsonNode current, JsonNode wanted) {
        for (JsonNode container : current) {
            for (JsonNode other : wanted) {
                if (container instanceof ObjectNode object
                        && other.path("name").equals(container.path("name"))
                        && other.has("resources")) {
                    object.set("resources", other.get("resources"));
                    if (other.has("resizePolicy")) {
                        object.set("resizePolicy", other.get("resizePolicy"));
                    }
                }
            }
        }
    }
}
