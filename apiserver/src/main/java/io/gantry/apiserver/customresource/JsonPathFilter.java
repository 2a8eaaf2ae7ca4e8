package io.gantry.apiserver.customresource;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The condition of a filter: a path that exists, or a comparison of paths and constants.
///
/// @param left side
/// @param operator empty where the left side must only exist
/// @param right side, null without an operator
record JsonPathFilter(
        Operand left, String operator, @Nullable Operand right) {
    /// One side of a comparison.
    ///
    /// @param path below the element, null for a constant
    /// @param constant null for a path
    record Operand(@Nullable JsonPath path, @Nullable JsonNode constant) {
        List<JsonNode> values(JsonNode element) {
            if (path != null) {
                return path.find(element);
            }
            return constant == null ? List.of() : List.of(constant);
        }
    }

    boolean takes(JsonNode element) {
        List<JsonNode> values = left.values(element);
        if (right == null) {
            return !values.isEmpty();
        }
        List<JsonNode> others = right.values(element);
        return !values.isEmpty() && !others.isEmpty() && compares(values.getFirst(), others.getFirst());
    }

    private boolean compares(JsonNode one, JsonNode other) {
        boolean numbers = one.isNumber() && other.isNumber();
        if (!numbers && one.getNodeType() != other.getNodeType()) {
            return operator.equals("!=");
        }
        int order = numbers
                ? Double.compare(one.doubleValue(), other.doubleValue())
                : one.asString("").compareTo(other.asString(""));
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }
}
