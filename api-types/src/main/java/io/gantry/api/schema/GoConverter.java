package io.gantry.api.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What upstream says about values that it converts from Go's maps instead of decoding text (`runtime/converter.go`):
/// results of strategic merge patches and of applies.
public final class GoConverter {
    private static final Pattern UNFIT =
            Pattern.compile("json: cannot unmarshal (\\w+)(.*) into Go struct field .* of type (\\S+)");

    private GoConverter() {}

    /// The converter's words for what the decoder would say.
    public static String says(String decoderSays) {
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
