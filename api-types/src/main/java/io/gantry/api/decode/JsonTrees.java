package io.gantry.api.decode;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Reads JSON into a tree and notes duplicate fields; the last of them wins, as in Go. One per call.
final class JsonTrees {
    private static final String CUT = "unexpected end of JSON input";
    private static final int MAX_STRING_LENGTH = 100_000_000;
    private static final int MAX_NUMBER_LENGTH = 1000;
    private static final int MAX_STRICT_ERRORS = 100;
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Bodies.MAX_DEPTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build());

    private final JsonParser parser;
    private final List<String> strict;
    private final String task;

    private JsonTrees(JsonParser parser, List<String> strict, String task) {
        this.parser = parser;
        this.strict = strict;
        this.task = task;
    }

    /// @param strict gets what strict decoding objects to
    /// @param task what a refusal says first
    /// @throws StatusException 400 when the bytes are no JSON
    static JsonNode read(byte[] bytes, List<String> strict, String task) {
        return QuickTrees.read(bytes).orElseGet(() -> readThoroughly(bytes, strict, task));
    }

    /// What was written by an encoder of ours.
    static JsonNode trusted(byte[] bytes) {
        return QuickTrees.read(bytes).orElseGet(() -> Json.MAPPER.readTree(bytes));
    }

    private static JsonNode readThoroughly(byte[] bytes, List<String> strict, String task) {
        try (JsonParser parser = parser(bytes)) {
            return new JsonTrees(parser, strict, task).whole();
        } catch (UnexpectedEndOfInputException cut) {
            throw StatusException.badRequest(task + CUT);
        } catch (StreamReadException unreadable) {
            throw StatusException.badRequest(task + where(unreadable));
        } catch (JacksonException unreadable) {
            throw StatusException.badRequest(task + unreadable.getOriginalMessage());
        }
    }

    private JsonNode whole() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw malformed(CUT);
        }
        JsonNode tree = value(first);
        if (parser.nextToken() != null) {
            throw malformed("invalid character after top-level value");
        }
        return tree;
    }

    private JsonNode value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> StringNode.valueOf(parser.getString());
            case VALUE_NUMBER_INT -> wholeNumber();
            case VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            default -> throw malformed("unexpected token");
        };
    }

    private ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (object.has(name)) {
                again("duplicate field \"" + path(parser.streamReadContext()) + "\"");
            }
            object.set(name, value(parser.nextToken()));
        }
        return object;
    }

    private void again(String error) {
        if (strict.size() < MAX_STRICT_ERRORS && !strict.contains(error)) {
            strict.add(error);
        }
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token));
        }
        return array;
    }

    private JsonNode wholeNumber() {
        return switch (parser.getNumberType()) {
            case INT -> IntNode.valueOf(parser.getIntValue());
            case LONG -> LongNode.valueOf(parser.getLongValue());
            default -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
        };
    }

    private JsonNode number() {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw malformed("json: cannot unmarshal number " + parser.getString() + " into Go value of type float64");
        }
        return DoubleNode.valueOf(value);
    }

    /// The path of what a parser is at.
    static String path(@Nullable TokenStreamContext context) {
        StringBuilder text = new StringBuilder();
        append(context, text);
        return text.toString();
    }

    static JsonParser parser(byte[] bytes) {
        return MAPPER.createParser(bytes);
    }

    private static void append(@Nullable TokenStreamContext context, StringBuilder text) {
        if (context == null || context.inRoot()) {
            return;
        }
        append(context.getParent(), text);
        if (context.inArray()) {
            text.append('[').append(context.getCurrentIndex()).append(']');
        } else if (context.currentName() != null) {
            text.append(text.isEmpty() ? "" : ".").append(context.currentName());
        }
    }

    private static String where(StreamReadException unreadable) {
        var location = unreadable.getLocation();
        String at =
                location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return unreadable.getOriginalMessage() + at;
    }

    private StatusException malformed(String why) {
        return StatusException.badRequest(task + why);
    }
}
