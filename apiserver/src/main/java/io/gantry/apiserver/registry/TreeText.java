package io.gantry.apiserver.registry;

import io.gantry.api.Json;
import io.gantry.api.decode.UnreadObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Writes trees as JSON, byte for byte as the library does, which writes what is not ordinary: fractions, large
/// numbers, texts beyond ASCII. One per document.
public final class TreeText {
    private static final int SMALL = 512;
    private static final int DIGITS = 20;
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");

    private byte[] bytes;
    private int at;

    /// @param expected bytes that the document may have
    TreeText(int expected) {
        this.bytes = new byte[expected];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// A whole tree, for one that is small.
    public static byte[] of(ObjectNode tree) {
        TreeText text = new TreeText(SMALL);
        text.object(tree);
        return text.finished();
    }

    byte[] finished() {
        return Arrays.copyOf(bytes, at);
    }

    private void reserve(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
        }
    }

    /// Bytes as they are.
    void raw(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, at, text.length);
        at += text.length;
    }

    /// One ASCII character as it is.
    void raw(char one) {
        reserve(1);
        bytes[at++] = (byte) one;
    }

    /// A field's name and value, with a comma unless it is the first.
    void field(boolean first, String name, JsonNode value) {
        if (!first) {
            raw(',');
        }
        text(name);
        raw(':');
        value(value);
    }

    private void value(JsonNode value) {
        switch (value) {
            case StringNode text -> text(text.stringValue());
            case UnreadObject unread -> unread(unread);
            case ObjectNode object -> object(object);
            case ArrayNode array -> array(array);
            case IntNode number -> number(number.intValue());
            case LongNode number -> number(number.longValue());
            case BooleanNode truth -> raw(truth.booleanValue() ? TRUE : FALSE);
            case NullNode ignored -> raw(NULL);
            default -> raw(Json.MAPPER.writeValueAsBytes(value));
        }
    }

    private void unread(UnreadObject object) {
        UnreadObject.text(object).ifPresentOrElse(text -> raw(ascii(text)), () -> object(object));
    }

    private void object(ObjectNode object) {
        raw('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            field(first, field.getKey(), field.getValue());
            first = false;
        }
        raw('}');
    }

    private void array(ArrayNode array) {
        raw('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                raw(',');
            }
            value(array.get(i));
        }
        raw(']');
    }

    private void number(long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            raw(ascii(Long.toString(number)));
            return;
        }
        reserve(DIGITS);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        int end = at + digits;
        long rest = number;
        for (int i = end - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at = end;
    }

    private void text(String text) {
        int length = text.length();
        reserve(length + 2);
        byte[] into = bytes;
        int to = at;
        into[to++] = '"';
        for (int i = 0; i < length; i++) {
            char one = text.charAt(i);
            if (one < ' ' || one > '~' || one == '"' || one == '\\') {
                raw(Json.MAPPER.writeValueAsBytes(text));
                return;
            }
            into[to++] = (byte) one;
        }
        into[to++] = '"';
        at = to;
    }
}
