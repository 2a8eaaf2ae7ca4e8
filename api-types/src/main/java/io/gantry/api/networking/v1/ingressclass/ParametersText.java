package io.gantry.api.networking.v1.ingressclass;

import io.gantry.api.printer.Cells;
import tools.jackson.databind.JsonNode;

/// An IngressClass' parameters as `kind.group/name`.
final class ParametersText {
    private ParametersText() {}

    static String of(JsonNode parameters) {
        if (!parameters.isObject()) {
            return Cells.NONE;
        }
        String group = parameters.path("apiGroup").asString("");
        return parameters.path("kind").asString("") + (group.isEmpty() ? "" : "." + group) + "/"
                + parameters.path("name").asString("");
    }
}
