package io.gantry.api.decode;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Plain scalars as upstream's library (`sigs.k8s.io/yaml`) reads them, which is YAML 1.1: `yes` and `on` are booleans,
/// `0644` is octal, `1_000` a number.
final class YamlScalars {
    /// The tag of a plain scalar that has none of its own.
    static final Tag PLAIN = new Tag("tag:gantry.io,2026:plain");

    /// Digits of the longest decimal number that a double holds; Go's parser calls what is longer out of range.
    private static final int MAX_DIGITS = 309;

    private YamlScalars() {}

    /// A schema that leaves plain scalars to [#resolve].
    static final class PlainSchema implements Schema {
        @Override
        public ScalarResolver getScalarResolver() {
            return (value, implicit) -> implicit ? PLAIN : Tag.STR;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    }

    static JsonNode resolve(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR) || tag.equals(Tag.BINARY)) {
            return StringNode.valueOf(text);
        }
        return plain(text);
    }

    private static JsonNode plain(String text) {
        String unsupported = notInJson(text);
        if (unsupported != null) {
            throw YamlTrees.malformed("json: unsupported value: " + unsupported);
        }
        JsonNode word = word(text);
        if (word != null) {
            return word;
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
            Optional<JsonNode> number = number(text);
            if (number.isPresent()) {
                return number.get();
            }
        }
        return StringNode.valueOf(text);
    }

    private static @Nullable JsonNode word(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> NullNode.getInstance();
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" -> BooleanNode.TRUE;
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" -> BooleanNode.FALSE;
            default -> null;
        };
    }

    /// @return a number of YAML that JSON has no word for, as Go names it
    private static @Nullable String notInJson(String text) {
        return switch (text) {
            case ".nan", ".NaN", ".NAN" -> "NaN";
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> "+Inf";
            case "-.inf", "-.Inf", "-.INF" -> "-Inf";
            default -> null;
        };
    }

    private static Optional<JsonNode> number(String written) {
        String text = written.indexOf('_') > 0 ? written.replace("_", "") : written;
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        int radix = radix(digits);
        String body = radix == 10 ? digits : digits.substring(prefixLength(digits));
        if (isDigits(body, radix)) {
            if (body.length() > MAX_DIGITS) {
                return Optional.empty();
            }
            BigInteger value = new BigInteger(body, radix);
            return Optional.of(whole(negative ? value.negate() : value));
        }
        return isFloat(digits) ? fraction(Double.parseDouble(text)) : Optional.empty();
    }

    /// @return nothing for what no double holds: it stays text, as upstream's library has it
    private static Optional<JsonNode> fraction(double value) {
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(DoubleNode.valueOf(value));
    }

    private static int radix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (digits.charAt(1)) {
            case 'x' -> 16;
            case 'b' -> 2;
            case 'o', '0', '1', '2', '3', '4', '5', '6', '7' ->
                isDigits(digits.substring(prefixLength(digits)), 8) ? 8 : 10;
            default -> 10;
        };
    }

    private static int prefixLength(String digits) {
        char second = digits.charAt(1);
        return second == 'x' || second == 'b' || second == 'o' ? 2 : 1;
    }

    private static boolean isDigits(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), radix) < 0 || text.charAt(i) > 'z') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static JsonNode whole(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(value.intValueExact());
        }
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValueExact()) : BigIntegerNode.valueOf(value);
    }

    /// Digits with one point, one exponent, or both.
    private static boolean isFloat(String text) {
        int at = 0;
        int digits = 0;
        boolean point = false;
        while (at < text.length() && (isDecimal(text.charAt(at)) || text.charAt(at) == '.' && !point)) {
            point |= text.charAt(at) == '.';
            digits += isDecimal(text.charAt(at)) ? 1 : 0;
            at++;
        }
        if (digits == 0 || at == text.length()) {
            return digits > 0 && point;
        }
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        at++;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        return at < text.length() && isDigits(text.substring(at), 10);
    }

    private static boolean isDecimal(char c) {
        return c >= '0' && c <= '9';
    }
}
