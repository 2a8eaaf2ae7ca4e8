package io.gantry.api.metrics.v1beta1;

import io.gantry.api.kind.Column;
import io.gantry.api.resource.Quantity;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The columns of metrics-server's Tables.
final class UsageColumns {
    private UsageColumns() {}

    /// `cpu`, `memory`, `Window`.
    ///
    /// @param usages maps from resource to quantity, which are summed up
    static List<Column> of(Function<JsonNode, List<JsonNode>> usages) {
        return List.of(
                sum("cpu", usages),
                sum("memory", usages),
                new Column(
                        "Window",
                        "string",
                        "duration",
                        0,
                        "",
                        (object, now) -> object.path("window").asString("")));
    }

    private static Column sum(String resource, Function<JsonNode, List<JsonNode>> usages) {
        return new Column(
                resource,
                "string",
                "quantity",
                0,
                "",
                (object, now) -> usages.apply(object).stream()
                        .map(usage -> Quantity.parse(usage.path(resource).asString("0")))
                        .reduce(Quantity.ZERO, Quantity::plus)
                        .canonical());
    }
}
