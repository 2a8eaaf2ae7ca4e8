package io.gantry.api.printer;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The controlling owner of an object as `kind.group/name`.
public final class ControllerText {
    private ControllerText() {}

    /// E.g. `daemonset.apps/fluentd`, or `<none>`.
    public static String of(JsonNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                String apiVersion = owner.path("apiVersion").asString("");
                int slash = apiVersion.indexOf('/');
                String group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
                String kind = owner.path("kind").asString("").toLowerCase(Locale.ROOT);
                return kind + group + "/" + owner.path("name").asString("");
            }
        }
        return Cells.NONE;
    }
}
