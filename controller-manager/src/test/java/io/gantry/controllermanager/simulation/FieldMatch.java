package io.gantry.controllermanager.simulation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Field selectors, as an API server understands them.
final class FieldMatch {
    private FieldMatch() {}

    static boolean matches(String selector, ObjectNode object) {
        for (String term : selector.isEmpty() ? new String[0] : selector.split(",")) {
            boolean differs = term.contains("!=");
            String[] sides = term.split(differs ? "!=" : "==?", 2);
            JsonNode value = object.at("/" + sides[0].replace('.', '/'));
            if (value.asString("").equals(sides[1]) == differs) {
                return false;
            }
        }
        return true;
    }
}
