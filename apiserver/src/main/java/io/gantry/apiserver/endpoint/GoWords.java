package io.gantry.apiserver.endpoint;

import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What upstream says about strategic merge patches, whose results it converts from Go's maps instead of decoding text.
final class GoWords {
    private static final Pattern UNFIT =
            Pattern.compile("json: cannot unmarshal (\\w+).* into Go struct field .* of type (\\S+)");

    private GoWords() {}

    /// A tree as Go prints its maps (`%+v`): `map[a:1 b:[x y]]`.
    static String map(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                TreeMap<String, JsonNode> sorted = new TreeMap<>();
                node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
                yield sorted.entrySet().stream()
                        .map(field -> field.getKey() + ":" + map(field.getValue()))
                        .collect(Collectors.joining(" ", "map[", "]"));
            }
            case ARRAY -> node.values().stream().map(GoWords::map).collect(Collectors.joining(" ", "[", "]"));
            case NULL, MISSING -> "<nil>";
            case STRING -> node.stringValue();
            default -> node.toString();
        };
    }

    /// The converter's words for what the decoder would say.
    static String converted(String decoderSays) {
        Matcher unfit = UNFIT.matcher(decoderSays);
        if (!unfit.matches()) {
            return decoderSays;
        }
        String from = kind(unfit.group(1));
        String to = unfit.group(2);
        return switch (to) {
            case "int32", "int64", "bool", "float64" -> "unrecognized type: " + to;
            case "string" -> from.equals("int64") ? "cannot convert int64 to string" : "unrecognized type: string";
            default ->
                to.startsWith("map[")
                        ? "cannot restore map from " + from
                        : to.startsWith("[]")
                                ? "cannot restore slice from " + from
                                : "cannot restore struct from: " + from;
        };
    }

    private static String kind(String json) {
        return switch (json) {
            case "number" -> "int64";
            case "array" -> "slice";
            case "object" -> "map";
            default -> json;
        };
    }
}
