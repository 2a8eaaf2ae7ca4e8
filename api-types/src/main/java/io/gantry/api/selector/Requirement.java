package io.gantry.api.selector;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One condition on labels.
///
/// @param key the label's key
/// @param operator how the values are compared
/// @param values what it is compared with: none, one, or several as the operator demands
public record Requirement(String key, Operator operator, List<String> values) {
    /// The operators of label selectors.
    public enum Operator {
        EQUALS,
        NOT_EQUALS,
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GREATER_THAN,
        LESS_THAN
    }

    public Requirement {
        values = List.copyOf(values);
    }

    /// A checked requirement.
    ///
    /// @throws StatusException 400 with upstream's words when key or values are not allowed
    static Requirement checked(String key, Operator operator, List<String> values) {
        FieldErrors errors = new FieldErrors();
        List<String> wrongKey = Names.qualified(key);
        if (!wrongKey.isEmpty()) {
            errors.invalid("key", key, String.join("; ", wrongKey));
        }
        checkCount(operator, values, errors);
        for (int i = 0; i < values.size(); i++) {
            List<String> wrong = Names.labelValue(values.get(i));
            if (!wrong.isEmpty()) {
                errors.invalid("values[" + i + "][" + key + "]", values.get(i), String.join("; ", wrong));
            }
        }
        if (!errors.isEmpty()) {
            String all = errors.all().stream().map(Object::toString).collect(Collectors.joining(", "));
            throw StatusException.badRequest(
                    "unable to parse requirement: " + (errors.count() == 1 ? all : "[" + all + "]"));
        }
        return new Requirement(key, operator, values);
    }

    private static void checkCount(Operator operator, List<String> values, FieldErrors errors) {
        switch (operator) {
            case IN, NOT_IN -> {
                if (values.isEmpty()) {
                    errors.invalid("values", "[]", "for 'in', 'notin' operators, values set can't be empty");
                }
            }
            case EQUALS, NOT_EQUALS -> {
                if (values.size() != 1) {
                    errors.invalid("values", values, "exact-match compatibility requires one single value");
                }
            }
            case EXISTS, DOES_NOT_EXIST -> {
                if (!values.isEmpty()) {
                    errors.invalid("values", values, "values set must be empty for exists and does not exist");
                }
            }
            case GREATER_THAN, LESS_THAN -> {
                if (values.size() != 1) {
                    errors.invalid("values", values, "for 'Gt', 'Lt' operators, exactly one value is required");
                } else if (!isNumber(values.getFirst())) {
                    errors.invalid(
                            "values[0]", values.getFirst(), "for 'Gt', 'Lt' operators, the value must be an integer");
                }
            }
        }
    }

    /// Whether the labels meet the condition.
    public boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case EQUALS, IN -> value != null && values.contains(value);
            case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GREATER_THAN -> value != null && isNumber(value) && Long.parseLong(value) > limit();
            case LESS_THAN -> value != null && isNumber(value) && Long.parseLong(value) < limit();
        };
    }

    private long limit() {
        return Long.parseLong(values.getFirst());
    }

    private static boolean isNumber(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /// As in a selector's text.
    @Override
    public String toString() {
        return switch (operator) {
            case EQUALS -> key + "=" + values.getFirst();
            case NOT_EQUALS -> key + "!=" + values.getFirst();
            case IN -> key + " in (" + String.join(",", values) + ")";
            case NOT_IN -> key + " notin (" + String.join(",", values) + ")";
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
            case GREATER_THAN -> key + ">" + values.getFirst();
            case LESS_THAN -> key + "<" + values.getFirst();
        };
    }
}
