package io.gantry.api.decode;

import io.gantry.api.StatusException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Reads one YAML document into a tree. Aliases are expanded within a budget, merge keys (`<<`) honoured, plain scalars
/// resolved as upstream's YAML library does ([YamlScalars]). One per call.
final class YamlTrees {
    private static final int MAX_NODES = 1_000_000;
    private static final int MAX_ALIASES = 1000;
    private static final int MAX_CODE_POINTS = 16 * 1024 * 1024;
    private static final int MAX_STRICT_ERRORS = 100;

    private final List<String> strict;
    private int nodes;

    private YamlTrees(List<String> strict) {
        this.strict = strict;
    }

    static JsonNode read(byte[] bytes, List<String> strict) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new YamlScalars.PlainSchema())
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_CODE_POINTS)
                .build();
        try {
            String text = text(bytes);
            Iterator<Node> documents = new Composer(
                    settings, new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text))));
            if (!documents.hasNext()) {
                return NullNode.getInstance();
            }
            JsonNode tree = new YamlTrees(strict).value(documents.next(), 0);
            if (documents.hasNext()) {
                throw malformed("expected a single document in the stream, but found another document");
            }
            return tree;
        } catch (MarkedYamlEngineException marked) {
            throw malformed(YamlFaults.text(marked));
        } catch (YamlEngineException | IllegalArgumentException unreadable) {
            // the latter: a tag that is none once its escapes are read, e.g. `!!a%a`
            throw malformed(String.valueOf(unreadable.getMessage()));
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("invalid UTF-8: " + e.getMessage());
        }
    }

    private @Nullable JsonNode valueOrNull(@Nullable Node node, int depth) {
        return node == null ? null : value(node, depth);
    }

    private JsonNode value(Node node, int depth) {
        if (depth > Bodies.MAX_DEPTH) {
            throw malformed("exceeded max depth of " + Bodies.MAX_DEPTH);
        }
        if (++nodes > MAX_NODES) {
            throw malformed("document contains excessive aliasing");
        }
        return switch (node) {
            case ScalarNode scalar -> YamlScalars.resolve(scalar);
            case SequenceNode sequence -> sequence(sequence, depth);
            case MappingNode mapping -> mapping(mapping, depth);
            case AnchorNode anchor -> value(anchor.getRealNode(), depth + 1);
            default -> throw malformed("unsupported node " + node.getNodeType());
        };
    }

    private ArrayNode sequence(SequenceNode sequence, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Node element : sequence.getValue()) {
            array.add(value(element, depth + 1));
        }
        return array;
    }

    private ObjectNode mapping(MappingNode mapping, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Node merged = null;
        for (NodeTuple tuple : mapping.getValue()) {
            if (isMergeKey(tuple.getKeyNode())) {
                merged = tuple.getValueNode();
                continue;
            }
            JsonNode key = key(tuple.getKeyNode());
            String name = key.asString("");
            if (object.replace(name, value(tuple.getValueNode(), depth + 1)) != null
                    && strict.size() < MAX_STRICT_ERRORS) {
                strict.add("line " + line(tuple.getValueNode()) + ": key " + key + " already set in map");
            }
        }
        JsonNode inherited = valueOrNull(merged, depth + 1);
        if (inherited != null) {
            inherit(object, inherited);
        }
        return object;
    }

    private static void inherit(ObjectNode object, JsonNode inherited) {
        if (inherited instanceof ObjectNode source) {
            for (Map.Entry<String, JsonNode> entry : source.properties()) {
                object.putIfAbsent(entry.getKey(), entry.getValue());
            }
        } else if (inherited instanceof ArrayNode sources) {
            for (JsonNode source : sources) {
                inherit(object, source);
            }
        } else {
            throw malformed("map merge requires map or sequence of maps as the value");
        }
    }

    private static boolean isMergeKey(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getTag().equals(YamlScalars.PLAIN)
                && scalar.getValue().equals("<<");
    }

    /// Keys become texts: `80: x` is `"80": "x"`.
    private static JsonNode key(Node key) {
        Node real = key instanceof AnchorNode anchor ? anchor.getRealNode() : key;
        if (real instanceof ScalarNode scalar) {
            JsonNode resolved = YamlScalars.resolve(scalar);
            return resolved.isNull() ? StringNode.valueOf(resolved.asString(scalar.getValue())) : resolved;
        }
        throw malformed("a map or a list cannot be a key");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    static StatusException malformed(String why) {
        return StatusException.badRequest("error converting YAML to JSON: yaml: " + why);
    }
}
