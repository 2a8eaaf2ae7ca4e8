package io.gantry.api.negotiation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes JSON as YAML in blocks, keys in order, as upstream does. A text that any version of YAML could take for
/// something else (`no`, `1e3`, `2026-01-01`) is quoted.
public final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");
    private static final int INDENT = 2;

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /// A document.
    public static byte[] write(JsonNode tree) {
        YamlWriter writer = new YamlWriter();
        if (isBlock(tree)) {
            writer.block(tree, 0);
        } else {
            writer.scalar(tree);
            writer.out.append('\n');
        }
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isBlock(JsonNode node) {
        return node.isContainer() && !node.isEmpty();
    }

    private void block(JsonNode node, int indent) {
        if (node.isArray()) {
            node.forEach(element -> {
                out.repeat(" ", indent).append('-');
                nested(element, indent, true);
            });
            return;
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
        sorted.forEach((key, value) -> {
            out.repeat(" ", indent);
            property(key, value, indent);
        });
    }

    private void property(String key, JsonNode value, int indent) {
        text(key);
        out.append(':');
        nested(value, indent, false);
    }

    /// @param element of a list: an object begins on the line of its dash
    private void nested(JsonNode node, int indent, boolean element) {
        if (!isBlock(node)) {
            out.append(' ');
            scalar(node);
            out.append('\n');
        } else if (element) {
            int start = out.length();
            block(node, indent + INDENT);
            out.setCharAt(start + indent, ' ');
            out.delete(start, start + indent + 1);
        } else {
            out.append('\n');
            block(node, node.isArray() ? indent : indent + INDENT);
        }
    }

    private void scalar(JsonNode node) {
        if (node.isString()) {
            text(node.stringValue());
        } else if (node.isContainer()) {
            out.append(node.isArray() ? "[]" : "{}");
        } else {
            out.append(node);
        }
    }

    private void text(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            out.append(text);
        } else {
            // A string of JSON is one of YAML.
            out.append(JsonNodeFactory.instance.stringNode(text));
        }
    }
}
