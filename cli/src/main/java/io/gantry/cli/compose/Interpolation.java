package io.gantry.cli.compose;

import io.gantry.cli.CliException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Variables in a Compose file: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`,
/// `${NAME:+other}`, and `$$` for a dollar sign.
///
/// @param variables names and values
record Interpolation(Map<String, String> variables) {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:(\\$)|([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)(?:(:?[-?+])([^}]*))?\\})");

    /// @throws CliException when a required variable is missing
    String apply(String text) {
        return text.indexOf('$') < 0 ? text : VARIABLE.matcher(text).replaceAll(match -> quoted(value(match)));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("$", "\\$");
    }

    private String value(MatchResult match) {
        if (match.group(1) != null) {
            return "$";
        }
        if (match.group(2) != null) {
            return variables.getOrDefault(match.group(2), "");
        }
        String name = match.group(3);
        String operator = match.group(4);
        if (operator == null) {
            return variables.getOrDefault(name, "");
        }
        String value = variables.get(name);
        boolean there = value != null && !(operator.startsWith(":") && value.isEmpty());
        return switch (operator.charAt(operator.length() - 1)) {
            case '-' -> there ? String.valueOf(value) : match.group(5);
            case '+' -> there ? match.group(5) : "";
            default -> {
                if (!there) {
                    throw new CliException("the variable " + name + " must be set: " + match.group(5));
                }
                yield String.valueOf(value);
            }
        };
    }
}
