package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Declares the `FlowSchema` kind of `flowcontrol.apiserver.k8s.io/v1` to the API server and to clients.
public final class FlowSchemaKind implements KindDefinition<FlowSchema> {
    public static final Kind<FlowSchema> KIND = new Kind<>(
            FlowSchema.class,
            "flowcontrol.apiserver.k8s.io",
            "v1",
            "FlowSchema",
            "flowschemas",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<FlowSchema> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<FlowSchema> rules() {
        return new FlowSchemaRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("PriorityLevel", "The priority level.", Cells.text("spec.priorityLevelConfiguration.name")),
                Column.text("MatchingPrecedence", "Order of matching.", Cells.number("spec.matchingPrecedence")),
                Column.text(
                        "DistinguisherMethod",
                        "How flows are told apart.",
                        Cells.text("spec.distinguisherMethod.type", Cells.NONE)),
                Column.age(),
                Column.text("MissingPL", "Whether the priority level is missing.", FlowSchemaKind::missing));
    }

    private static String missing(JsonNode schema, Instant now) {
        for (JsonNode condition : schema.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Dangling")) {
                return condition.path("status").asString("");
            }
        }
        return "?";
    }
}
