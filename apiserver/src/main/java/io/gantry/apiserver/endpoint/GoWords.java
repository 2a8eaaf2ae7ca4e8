package io.gantry.apiserver.endpoint;

import java.math.BigDecimal;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/// What upstream says about strategic merge patches, whose results it converts from Go's maps instead of
/// decoding text.
final class GoWords {
    private static final Pattern UNFIT =
            Pattern.compile("json: cannot unmarshal (\\w+)(.*) into Go struct field .* of type (\\S+)");

    /// That a number of so many digits is one of 64 bits is certain.
    private static final int DIGITS = 18;

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

    /// Makes integers of the numbers that are whole: Go's maps keep `30.0` as a float, and its converter
    /// takes that for an integer (`converter.go`), which its decoder of text would not.
    ///
    /// @param tree is changed
    static void makeWholeNumbersIntegers(JsonNode tree) {
        switch (tree) {
            case ObjectNode object -> object.properties().forEach(field -> field.setValue(integer(field.getValue())));
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, integer(list.get(i)));
                }
            }
            default -> {}
        }
    }

    private static JsonNode integer(JsonNode value) {
        if (value.isContainer()) {
            makeWholeNumbersIntegers(value);
        } else if (value.isFloatingPointNumber()) {
            BigDecimal number = value.decimalValue().stripTrailingZeros();
            if (number.scale() <= 0 && number.precision() - number.scale() <= DIGITS) {
                return LongNode.valueOf(number.longValueExact());
            }
        }
        return value;
    }

    /// The converter's words for what the decoder would say.
    static String converted(String decoderSays) {
        Matcher unfit = UNFIT.matcher(decoderSays);
        if (!unfit.matches()) {
            return decoderSays;
        }
        String from = kind(unfit.group(1), unfit.group(2));
        String to = unfit.group(3);
        return switch (to) {
            case "int32", "int64" ->
                from.equals("float64") ? "cannot convert float64 to " + to : "unrecognized type: " + to;
            case "bool", "float64" -> "unrecognized type: " + to;
            case "string" -> from.equals("int64") ? "cannot convert int64 to string" : "unrecognized type: string";
            default ->
                to.startsWith("map[")
                        ? "cannot restore map from " + from
                        : to.startsWith("[]")
                                ? "cannot restore slice from " + from
                                : "cannot restore struct from: " + from;
        };
    }

    private static String kind(String json, String value) {
        return switch (json) {
            case "number" -> value.contains(".") ? "float64" : "int64";
            case "array" -> "slice";
            case "object" -> "map";
            default -> json;
        };
    }
}
