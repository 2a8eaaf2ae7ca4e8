package io.gantry.apiserver.openapi;

import com.google.re2j.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The YAML in which gnostic's documents hold values that it does not know (`openapi.v2.Any`), as Go's library writes
/// it: blocks, and texts without quotes where they can be read without. Values that are deeper than a list of flat
/// objects are JSON, which is YAML too.
final class GnosticYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/_][A-Za-z0-9./_-]*");
    private static final Pattern WORD_OF_YAML = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    private GnosticYaml() {}

    static String of(JsonNode value) {
        if (value.isArray() && !value.isEmpty() && value.valueStream().allMatch(GnosticYaml::isFlat)) {
            return value.valueStream()
                    .map(element -> "- " + flat(element, "  "))
                    .collect(Collectors.joining());
        }
        return isFlat(value) ? flat(value, "") : value + "\n";
    }

    private static boolean isFlat(JsonNode value) {
        return value.isValueNode()
                || value.isObject() && !value.isEmpty() && value.valueStream().allMatch(JsonNode::isValueNode);
    }

    private static String flat(JsonNode value, String indent) {
        if (value.isValueNode()) {
            return scalar(value) + "\n";
        }
        return value.propertyStream()
                .map(field -> field.getKey() + ": " + scalar(field.getValue()) + "\n")
                .collect(Collectors.joining(indent));
    }

    private static String scalar(JsonNode value) {
        String text = value.isString() ? value.stringValue() : "";
        boolean plain =
                PLAIN.matcher(text).matches() && !WORD_OF_YAML.matcher(text).matches();
        return plain ? text : value.toString();
    }
}
