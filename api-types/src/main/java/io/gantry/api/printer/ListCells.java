package io.gantry.api.printer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// Cells of lists and counts.
public final class ListCells {
    private ListCells() {}

    /// How many elements the list at a path has.
    public static BiFunction<JsonNode, Instant, Object> size(String path) {
        return (object, now) -> Cells.at(object, path).size();
    }

    /// The list at a path with commas, or `absent`.
    public static BiFunction<JsonNode, Instant, Object> joined(String path, String absent) {
        return (object, now) -> {
            List<String> all = new ArrayList<>();
            Cells.at(object, path).forEach(e -> all.add(e.asString("")));
            return all.isEmpty() ? absent : String.join(",", all);
        };
    }

    /// The status of the condition of a type at `status.conditions`: `True`, `False (Reason)`, or `absent`.
    public static BiFunction<JsonNode, Instant, Object> condition(String type, String absent) {
        return (object, now) -> {
            for (JsonNode condition : object.path("status").path("conditions")) {
                if (condition.path("type").asString("").equals(type)) {
                    String status = condition.path("status").asString("");
                    return status.equals("True")
                            ? status
                            : status + " (" + condition.path("reason").asString("") + ")";
                }
            }
            return absent;
        };
    }
}
