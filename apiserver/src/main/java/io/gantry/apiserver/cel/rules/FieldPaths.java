package io.gantry.apiserver.cel.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Paths of fields: those that rules name, and those that errors show.
final class FieldPaths {
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\['((?:[^'\\\\]|\\\\.)*)'\\]");

    private FieldPaths() {}

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static String key(String path, String key) {
        return path + "[" + key + "]";
    }

    /// As errors show it; the root has no name.
    static String shown(String path) {
        return path.isEmpty() ? "<nil>" : path;
    }

    /// A rule's `fieldPath`, as errors show it; empty when the schema has no such field.
    static Optional<String> normalize(String fieldPath, JsonNode schema) {
        Matcher step = STEP.matcher(fieldPath);
        JsonNode at = schema;
        String path = "";
        int end = 0;
        while (end < fieldPath.length() && step.find(end) && step.start() == end) {
            String name = step.group(1) != null ? step.group(1) : unescaped(step.group(2));
            JsonNode property = at.path("properties").path(name);
            if (property.isObject()) {
                path = child(path, name);
                at = property;
            } else if (!at.has("properties") && at.path("additionalProperties").isObject()) {
                path = key(path, name);
                at = at.get("additionalProperties");
            } else {
                return Optional.empty();
            }
            end = step.end();
        }
        return end == fieldPath.length() && end > 0 ? Optional.of(path) : Optional.empty();
    }

    private static String unescaped(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }
}
