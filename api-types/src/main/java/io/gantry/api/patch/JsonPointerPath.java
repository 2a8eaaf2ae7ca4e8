package io.gantry.api.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// A JSON pointer. The root is the empty list of steps.
record JsonPointerPath(String text, List<String> steps) {
    static JsonPointerPath parse(String text) {
        List<String> steps = new ArrayList<>();
        String[] parts = text.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            steps.add(parts[i].replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPointerPath(text, steps);
    }

    boolean root() {
        return text.isEmpty();
    }

    /// What holds the value that is pointed to, whether or not the value is there. Nothing where something
    /// on the way is missing, and nothing holds the root.
    Optional<JsonPlace> place(JsonNode document) {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        JsonNode at = document;
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = at instanceof ArrayNode list ? JsonPlace.element(list, step) : at.path(step);
        }
        return at.isContainer() ? Optional.of(new JsonPlace(at, steps.getLast())) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
