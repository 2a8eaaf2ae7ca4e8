package io.gantry.cel.library;

import com.google.protobuf.ByteString;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.CelNull;
import io.gantry.cel.value.MapValue;
import io.gantry.cel.value.TypeValue;
import io.gantry.cel.value.Uint;
import io.gantry.cel.value.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// `"%s is %d".format([a, b])`.
final class StringFormat {
    private static final int DEFAULT_PRECISION = 6;
    private static final int MAX_PRECISION = 1000;

    private final String pattern;
    private final List<?> arguments;
    private int at;
    private int next;

    private StringFormat(String pattern, List<?> arguments) {
        this.pattern = pattern;
        this.arguments = arguments;
    }

    static String format(String pattern, List<?> arguments) {
        return new StringFormat(pattern, arguments).format();
    }

    private String format() {
        StringBuilder result = new StringBuilder();
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c != '%') {
                result.append(c);
            } else if (at < pattern.length() && pattern.charAt(at) == '%') {
                result.append('%');
                at++;
            } else {
                result.append(clause());
            }
        }
        return result.toString();
    }

    private String clause() {
        int precision = precision();
        if (at >= pattern.length()) {
            throw new CelError("could not parse formatting clause: unexpected end of string");
        }
        char verb = pattern.charAt(at++);
        if ("sdfebxXo".indexOf(verb) < 0) {
            throw new CelError("could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
        }
        if (next >= arguments.size()) {
            throw new CelError("index " + next + " out of range");
        }
        Object value = arguments.get(next++);
        return switch (verb) {
            case 's' -> text(value);
            case 'd' -> decimal(value);
            case 'f' -> fixed(value, precision < 0 ? DEFAULT_PRECISION : precision);
            case 'e' -> scientific(value, precision < 0 ? DEFAULT_PRECISION : precision);
            case 'b' -> radix(value, 2, "binary");
            case 'o' -> radix(value, 8, "octal");
            case 'x' -> hex(value);
            default -> hex(value).toUpperCase(Locale.ROOT);
        };
    }

    private int precision() {
        if (at >= pattern.length() || pattern.charAt(at) != '.') {
            return -1;
        }
        int start = ++at;
        while (at < pattern.length() && Character.isDigit(pattern.charAt(at))) {
            at++;
        }
        if (at == start || at - start > 4) {
            throw new CelError("error while parsing precision: could not convert precision to integer");
        }
        return Math.min(MAX_PRECISION, Integer.parseInt(pattern, start, at, 10));
    }

    private static String text(Object value) {
        return switch (value) {
            case List<?> ignored -> literal(value);
            case MapValue map when !map.isObject() -> literal(map);
            case CelNull ignored -> "null";
            case String text -> text;
            case Boolean ignored -> Conversions.string(value);
            case Long ignored -> Conversions.string(value);
            case Uint ignored -> Conversions.string(value);
            case Double ignored -> Conversions.string(value);
            case ByteString ignored -> Conversions.string(value);
            case Instant ignored -> Conversions.string(value);
            case Duration ignored -> Conversions.string(value);
            case TypeValue type -> type.name();
            default ->
                throw wrongType(
                        "string clause can only be used on strings, bools, bytes, ints, doubles, maps, "
                                + "lists, types, durations, and timestamps",
                        value);
        };
    }

    private static CelError wrongType(String what, Object value) {
        return new CelError("error during formatting: " + what + ", was given " + Values.typeName(value));
    }

    /// A value inside a list or map, spelled as CEL spells literals.
    private static String literal(Object value) {
        return switch (value) {
            case String text -> StringFunctions.quote(text);
            case ByteString bytes -> "b" + StringFunctions.quote(bytes.toStringUtf8());
            case Double number -> fixed(number, DEFAULT_PRECISION);
            case Instant time -> "timestamp(\"" + TimeFunctions.text(time) + "\")";
            case Duration duration -> "duration(\"" + Conversions.string(duration) + "\")";
            case List<?> list ->
                "[" + String.join(", ", list.stream().map(StringFormat::literal).toList()) + "]";
            case MapValue map ->
                "{"
                        + String.join(
                                ", ",
                                map.keys().stream()
                                        .map(key -> literal(key) + ":"
                                                + literal(map.find(key).orElseThrow()))
                                        .sorted()
                                        .toList())
                        + "}";
            default -> text(value);
        };
    }

    private static String decimal(Object value) {
        if (value instanceof Long || value instanceof Uint) {
            return value.toString();
        }
        throw wrongType("decimal clause can only be used on integers", value);
    }

    private static double real(Object value, String what) {
        return switch (value) {
            case Double number -> number;
            case String text when text.equals("NaN") -> Double.NaN;
            case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
            case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
            default -> throw wrongType(what + " clause can only be used on doubles", value);
        };
    }

    private static String special(double number) {
        return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
    }

    private static String fixed(Object value, int precision) {
        double number = real(value, "fixed-point");
        if (!Double.isFinite(number)) {
            return special(number);
        }
        return new BigDecimal(number)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String scientific(Object value, int precision) {
        double number = real(value, "scientific");
        if (!Double.isFinite(number)) {
            return special(number);
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = number == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        int size = Math.abs(exponent);
        return mantissa + " × 10" + superscript(exponent < 0, size);
    }

    private static String superscript(boolean negative, int exponent) {
        StringBuilder text = new StringBuilder(negative ? "⁻" : "");
        String digits = exponent < 10 ? "0" + exponent : Integer.toString(exponent);
        digits.chars().forEach(digit -> text.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0')));
        return text.toString();
    }

    private static String radix(Object value, int radix, String what) {
        return switch (value) {
            case Long number -> Long.toString(number, radix);
            case Uint number -> Long.toUnsignedString(number.bits(), radix);
            case Boolean flag when radix == 2 -> flag ? "1" : "0";
            default ->
                throw wrongType(
                        what + " clause can only be used on integers" + (radix == 2 ? " and bools" : ""), value);
        };
    }

    private static String hex(Object value) {
        return switch (value) {
            case Long number -> Long.toString(number, 16);
            case Uint number -> Long.toUnsignedString(number.bits(), 16);
            case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
            case ByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            default -> throw wrongType("only integers, byte buffers, and strings can be formatted as hex", value);
        };
    }
}
