package io.gantry.api.core.v1.componentstatus;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Declares the `ComponentStatus` kind of `v1` to the API server and to clients.
public final class ComponentStatusKind implements KindDefinition<ComponentStatus> {
    public static final Kind<ComponentStatus> KIND = new Kind<>(
            ComponentStatus.class, "", "v1", "ComponentStatus", "componentstatuses", false, List.of("cs"), List.of());

    @Override
    public Kind<ComponentStatus> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }

    @Override
    public boolean computed() {
        return true;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text(
                        "Status",
                        "Whether it is healthy.",
                        (s, now) -> healthy(s, "status").equals("True")
                                ? "Healthy"
                                : healthy(s, "status").equals("False") ? "Unhealthy" : "Unknown"),
                Column.text("Message", "What it says.", (s, now) -> healthy(s, "message")),
                Column.text("Error", "What is wrong.", (s, now) -> healthy(s, "error")));
    }

    private static String healthy(JsonNode status, String field) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asString("").equals("Healthy")) {
                return condition.path(field).asString("");
            }
        }
        return "";
    }
}
