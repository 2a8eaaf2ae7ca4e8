package io.gantry.api.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.gantry.api.Json;
import io.gantry.api.schema.GoTimes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads the messages whose JSON is no object of their fields. The input is limited to the message when it is called.
final class SpecialMessages {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;
    private static final long MIN_EPOCH_SECOND = -62_135_596_800L;

    private final MessageReader reader;
    private final MessagePlans plans;

    SpecialMessages(MessageReader reader, MessagePlans plans) {
        this.reader = reader;
        this.plans = plans;
    }

    /// The value as JSON; JSON null where upstream has none.
    JsonNode read(SpecialMessage message, CodedInputStream in) throws IOException {
        return switch (message) {
            case TIME -> time(in, GoTimes::seconds);
            case MICRO_TIME -> time(in, GoTimes::micros);
            case QUANTITY -> quantity(in);
            case INT_OR_STRING -> intOrString(in);
            case RAW_JSON -> rawJson(in);
            case STRINGS -> strings(in, 1);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> schemaOr(message, in);
        };
    }

    /// The value of a map's entry that has none.
    static JsonNode absent(SpecialMessage message) {
        return switch (message) {
            case QUANTITY -> NODES.stringNode("0");
            case INT_OR_STRING -> NODES.numberNode(0);
            case STRINGS -> NODES.arrayNode();
            case TIME, MICRO_TIME, RAW_JSON, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> NODES.nullNode();
        };
    }

    /// Upstream writes the zero time as an empty message.
    private static JsonNode time(CodedInputStream in, Function<Instant, String> format) throws IOException {
        if (in.isAtEnd()) {
            return NODES.nullNode();
        }
        long seconds = 0;
        int nanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> seconds = varint(in, tag);
                case 2 -> nanos = (int) varint(in, tag);
                default -> in.skipField(tag);
            }
        }
        if (seconds < MIN_EPOCH_SECOND || seconds > MAX_EPOCH_SECOND) {
            throw new MalformedMessage("a time is out of range");
        }
        try {
            return NODES.stringNode(format.apply(Instant.ofEpochSecond(seconds, nanos)));
        } catch (DateTimeException e) {
            throw new MalformedMessage("a time is out of range: " + e.getMessage());
        }
    }

    private JsonNode quantity(CodedInputStream in) throws IOException {
        String text = "0";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                text = reader.text(WireFormat.getTagWireType(tag));
            } else {
                in.skipField(tag);
            }
        }
        return NODES.stringNode(text.isEmpty() ? "0" : text);
    }

    private JsonNode intOrString(CodedInputStream in) throws IOException {
        long type = 0;
        int number = 0;
        String text = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> type = varint(in, tag);
                case 2 -> number = (int) varint(in, tag);
                case 3 -> text = reader.text(WireFormat.getTagWireType(tag));
                default -> in.skipField(tag);
            }
        }
        return type == 1 ? NODES.stringNode(text) : NODES.numberNode(number);
    }

    private static JsonNode rawJson(CodedInputStream in) throws IOException {
        byte[] raw = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                MessageReader.expect(WireFormat.WIRETYPE_LENGTH_DELIMITED, WireFormat.getTagWireType(tag));
                raw = in.readByteArray();
            } else {
                in.skipField(tag);
            }
        }
        return raw.length == 0 ? NODES.nullNode() : json(raw);
    }

    /// JSON inside a message.
    static JsonNode json(byte[] raw) throws IOException {
        try {
            return Json.MAPPER.readTree(raw);
        } catch (JacksonException e) {
            throw new MalformedMessage("embedded JSON is invalid: " + e.getOriginalMessage());
        }
    }

    private ArrayNode strings(CodedInputStream in, int number) throws IOException {
        ArrayNode items = NODES.arrayNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == number) {
                reader.count();
                items.add(reader.text(WireFormat.getTagWireType(tag)));
            } else {
                in.skipField(tag);
            }
        }
        return items;
    }

    private JsonNode schemaOr(SpecialMessage message, CodedInputStream in) throws IOException {
        boolean bool = message == SpecialMessage.SCHEMA_OR_BOOL;
        int schemaNumber = bool ? 2 : 1;
        JsonNode schema = null;
        JsonNode allows = NODES.booleanNode(false);
        ArrayNode items = NODES.arrayNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            int wireType = WireFormat.getTagWireType(tag);
            if (number == schemaNumber) {
                schema = reader.object(plans.schema(), wireType);
            } else if (bool && number == 1) {
                allows = NODES.booleanNode(varint(in, tag) != 0);
            } else if (number == 2) {
                reader.count();
                items.add(
                        message == SpecialMessage.SCHEMA_OR_ARRAY
                                ? reader.object(plans.schema(), wireType)
                                : NODES.stringNode(reader.text(wireType)));
            } else {
                in.skipField(tag);
            }
        }
        return schema != null ? schema : bool ? allows : items;
    }

    private static long varint(CodedInputStream in, int tag) throws IOException {
        MessageReader.expect(WireFormat.WIRETYPE_VARINT, WireFormat.getTagWireType(tag));
        return in.readInt64();
    }
}
