package io.gantry.apiserver.projection;

import io.gantry.api.Json;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A place in a JSON document that is known to be well-formed, because it was written by an encoder: values are read or
/// passed over, the latter eight bytes at a time.
final class JsonCursor {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long SLASHES = ONES * '\\';
    /// Longer numbers are left to the library.
    private static final int MAX_DIGITS = 18;

    private final byte[] json;
    private final Texts texts;
    private int at;

    JsonCursor(byte[] json, Texts texts) {
        this.json = json;
        this.texts = texts;
    }

    /// The next byte that is no white space, which stays.
    byte peek() {
        byte next = json[at];
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            next = json[++at];
        }
        return next;
    }

    /// Passes over one byte if it comes next.
    boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void require(char wanted) {
        if (!take(wanted)) {
            throw new IllegalArgumentException("no '" + wanted + "' at byte " + at + " of a stored object");
        }
    }

    /// Begins an object or goes on in it: after the name of its next field.
    ///
    /// @param first whether nothing of the object was read
    /// @return which of `names` it is, or [Names#OTHER]; [Names#END] after the last
    int field(boolean first, Names names) {
        if (first) {
            require('{');
        }
        if (take('}')) {
            return Names.END;
        }
        if (!first) {
            require(',');
        }
        require('"');
        int start = at;
        int end = endOfText();
        require(':');
        return names.find(json, start, end);
    }

    /// Begins an array or goes on in it.
    ///
    /// @return whether an element comes
    boolean element(boolean first) {
        if (first) {
            require('[');
        }
        if (take(']')) {
            return false;
        }
        if (!first) {
            require(',');
        }
        return true;
    }

    /// The end of the text that has begun, before its quote, which is passed over.
    private int endOfText() {
        int i = at;
        while (true) {
            while (i + Long.BYTES <= json.length) {
                long eight = (long) LONGS.get(json, i);
                long found = zeros(eight ^ QUOTES) | zeros(eight ^ SLASHES);
                if (found != 0) {
                    i += Long.numberOfTrailingZeros(found) >>> 3;
                    break;
                }
                i += Long.BYTES;
            }
            byte one = json[i++];
            if (one == '"') {
                at = i;
                return i - 1;
            } else if (one == '\\') {
                i++;
            }
        }
    }

    /// The lowest bit that is set belongs to the lowest byte that is zero.
    private static long zeros(long eight) {
        return eight - ONES & ~eight & HIGH;
    }

    /// Passes over a value.
    void skip() {
        int depth = 0;
        do {
            byte next = peek();
            switch (next) {
                case '"' -> {
                    at++;
                    endOfText();
                }
                case '{', '[' -> {
                    at++;
                    depth++;
                }
                case '}', ']' -> {
                    at++;
                    depth--;
                }
                case ',', ':' -> at++;
                default -> skipWord();
            }
        } while (depth > 0);
    }

    private void skipWord() {
        while (at < json.length && isWord(json[at])) {
            at++;
        }
    }

    private static boolean isWord(byte one) {
        return one >= '0' && one <= '9'
                || one >= 'a' && one <= 'z'
                || one == '-'
                || one == '+'
                || one == '.'
                || one == 'E';
    }

    /// The bytes of a value, which is passed over.
    JsonPart part() {
        peek();
        int start = at;
        skip();
        return new JsonPart(json, start, at);
    }

    /// The value as a tree.
    JsonNode read() {
        return switch (peek()) {
            case '"' -> JsonNodeFactory.instance.stringNode(text());
            case '{' -> object();
            case '[' -> array();
            case 't' -> word(JsonNodeFactory.instance.booleanNode(true));
            case 'f' -> word(JsonNodeFactory.instance.booleanNode(false));
            case 'n' -> word(JsonNodeFactory.instance.nullNode());
            default -> number();
        };
    }

    private JsonNode word(JsonNode value) {
        skipWord();
        return value;
    }

    private ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        require('{');
        while (!take('}')) {
            take(',');
            peek();
            String name = text();
            require(':');
            object.set(name, read());
        }
        return object;
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (boolean first = true; element(first); first = false) {
            array.add(read());
        }
        return array;
    }

    private String text() {
        int quote = at;
        at++;
        int start = at;
        int end = endOfText();
        for (int i = start; i < end; i++) {
            if (json[i] == '\\') {
                return Json.MAPPER.readTree(json, quote, end + 1 - quote).stringValue();
            }
        }
        return texts.of(json, start, end);
    }

    private JsonNode number() {
        int start = at;
        skipWord();
        if (start == at) {
            throw new IllegalArgumentException("no value at byte " + at + " of a stored object");
        }
        String digits = new String(json, start, at - start, StandardCharsets.ISO_8859_1);
        if (digits.length() <= MAX_DIGITS
                && digits.indexOf('.') < 0
                && digits.indexOf('e') < 0
                && digits.indexOf('E') < 0) {
            long value = Long.parseLong(digits);
            return value == (int) value
                    ? JsonNodeFactory.instance.numberNode((int) value)
                    : JsonNodeFactory.instance.numberNode(value);
        }
        return Json.MAPPER.readTree(json, start, at - start);
    }
}
