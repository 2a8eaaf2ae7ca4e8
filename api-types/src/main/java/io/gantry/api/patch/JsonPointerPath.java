package io.gantry.api.patch;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON pointer that can also change what it points to. The root is the empty list of steps.
record JsonPointerPath(String text, List<String> steps) {
    static JsonPointerPath parse(String text) {
        List<String> steps = new ArrayList<>();
        if (!text.isEmpty()) {
            String[] parts = text.split("/", -1);
            for (int i = 1; i < parts.length; i++) {
                steps.add(parts[i].replace("~1", "/").replace("~0", "~"));
            }
        }
        return new JsonPointerPath(text, steps);
    }

    /// The value, or a missing node.
    JsonNode find(JsonNode document) {
        JsonNode at = document;
        for (String step : steps) {
            at = child(at, step);
        }
        return at;
    }

    /// The value.
    JsonNode get(JsonNode document) {
        JsonNode found = find(document);
        if (found.isMissingNode()) {
            throw PatchException.doesNotApply("doc is missing from path: " + text + ": missing value");
        }
        return found;
    }

    JsonNode add(JsonNode document, JsonNode value) {
        if (steps.isEmpty()) {
            return value;
        }
        String last = steps.getLast();
        switch (parent(document, "add")) {
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array ->
                array.insert(last.equals("-") ? array.size() : index(array, last, array.size()), value);
            default -> throw missingPath("add");
        }
        return document;
    }

    JsonNode remove(JsonNode document) {
        if (steps.isEmpty()) {
            throw PatchException.doesNotApply("remove operation does not apply: cannot remove the whole document");
        }
        String last = steps.getLast();
        switch (parent(document, "remove")) {
            case ObjectNode object -> {
                if (object.remove(last) == null) {
                    throw PatchException.doesNotApply(
                            "remove operation does not apply: doc is missing key: " + text + ": missing value");
                }
            }
            case ArrayNode array -> array.remove(index(array, last, array.size() - 1));
            default -> throw missingPath("remove");
        }
        return document;
    }

    JsonNode replace(JsonNode document, JsonNode value) {
        if (steps.isEmpty()) {
            return value;
        }
        String last = steps.getLast();
        switch (parent(document, "replace")) {
            case ObjectNode object -> {
                if (object.replace(last, value) == null) {
                    throw PatchException.doesNotApply(
                            "replace operation does not apply: doc is missing key: " + text + ": missing value");
                }
            }
            case ArrayNode array -> array.set(index(array, last, array.size() - 1), value);
            default -> throw missingPath("replace");
        }
        return document;
    }

    @Override
    public String toString() {
        return text;
    }

    private JsonNode parent(JsonNode document, String op) {
        JsonNode at = document;
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = child(at, step);
        }
        if (!at.isContainer()) {
            throw missingPath(op);
        }
        return at;
    }

    private RuntimeException missingPath(String op) {
        return PatchException.doesNotApply(
                op + " operation does not apply: doc is missing path: \"" + text + "\": missing value");
    }

    private static JsonNode child(JsonNode at, String step) {
        if (at instanceof ArrayNode array) {
            int index = parseIndex(step);
            int position = index < 0 ? index + array.size() : index;
            return position >= 0 && position < array.size() ? array.get(position) : MissingNode.getInstance();
        }
        return at.path(step);
    }

    private int index(ArrayNode array, String step, int max) {
        int index = parseIndex(step);
        int position = index < 0 ? index + array.size() : index;
        if (position < 0 || position > max) {
            throw PatchException.doesNotApply("operation does not apply: Unable to access invalid index: " + step);
        }
        return position;
    }

    private static int parseIndex(String step) {
        try {
            return Integer.parseInt(step);
        } catch (NumberFormatException notANumber) {
            throw PatchException.doesNotApply("strconv.Atoi: parsing \"" + step + "\": invalid syntax");
        }
    }
}
