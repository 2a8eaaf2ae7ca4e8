package io.gantry.api.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.gantry.api.protobuf.FieldPlan.Scalar;
import java.io.IOException;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads one message to a tree. One per message, not thread-safe. Every fault of the input is a [MalformedMessage] or
/// protobuf's own exception, both `IOException`s.
final class MessageReader {
    static final int MAX_DEPTH = 100;
    static final int MAX_VALUES = 500_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final CodedInputStream in;
    private final SpecialMessages special;
    private int depth;
    private int values;

    MessageReader(byte[] bytes, int offset, int length, MessagePlans plans) {
        in = CodedInputStream.newInstance(bytes, offset, length);
        special = new SpecialMessages(this, plans);
    }

    /// Reads fields into `target` up to the end of the message.
    void read(MessagePlan plan, ObjectNode target) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldPlan field = plan.fields().get(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                in.skipField(tag);
            } else {
                readField(field, WireFormat.getTagWireType(tag), target);
            }
        }
    }

    private void readField(FieldPlan field, int wireType, ObjectNode target) throws IOException {
        count();
        switch (field.shape()) {
            case MAP -> readEntry(field, wireType, target.withObjectProperty(field.jsonName()));
            case MANY -> readElement(field, wireType, target.withArrayProperty(field.jsonName()));
            case ONE -> readSingle(field, wireType, target);
        }
    }

    private void readSingle(FieldPlan field, int wireType, ObjectNode target) throws IOException {
        switch (field.value()) {
            case Scalar scalar -> {
                JsonNode value = scalar(scalar.type(), wireType);
                if (field.keepZero() || !zero(value)) {
                    target.set(field.jsonName(), value);
                } else {
                    target.remove(field.jsonName());
                }
            }
            case FieldPlan.Struct struct -> {
                ObjectNode nested = target.withObjectProperty(field.jsonName());
                nested(wireType, () -> read(struct.plan().get(), nested));
            }
            case FieldPlan.Inline inline ->
                nested(wireType, () -> read(inline.plan().get(), target));
            case FieldPlan.Special message -> {
                JsonNode value = special(message, wireType);
                if (!value.isNull()) {
                    target.set(field.jsonName(), value);
                }
            }
        }
    }

    private void readElement(FieldPlan field, int wireType, ArrayNode target) throws IOException {
        boolean packed = wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED
                && field.value() instanceof Scalar scalar
                && scalar.type() != Scalar.Type.STRING
                && scalar.type() != Scalar.Type.BYTES;
        if (!packed) {
            target.add(value(field.value(), wireType));
            return;
        }
        Scalar.Type type = ((Scalar) field.value()).type();
        nested(wireType, () -> {
            while (!in.isAtEnd()) {
                count();
                target.add(scalar(type, wireType(type)));
            }
        });
    }

    private void readEntry(FieldPlan field, int wireType, ObjectNode target) throws IOException {
        nested(wireType, () -> {
            String key = "";
            JsonNode value = null;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> key = text(WireFormat.getTagWireType(tag));
                    case 2 -> value = value(field.value(), WireFormat.getTagWireType(tag));
                    default -> in.skipField(tag);
                }
            }
            target.set(key, value == null ? absent(field.value()) : value);
        });
    }

    private JsonNode value(FieldPlan.Value value, int wireType) throws IOException {
        return switch (value) {
            case Scalar scalar -> scalar(scalar.type(), wireType);
            case FieldPlan.Special message -> special(message, wireType);
            case FieldPlan.Struct struct -> object(struct.plan().get(), wireType);
            case FieldPlan.Inline inline -> object(inline.plan().get(), wireType);
        };
    }

    /// A whole nested message as an object.
    ObjectNode object(MessagePlan plan, int wireType) throws IOException {
        ObjectNode object = NODES.objectNode();
        nested(wireType, () -> read(plan, object));
        return object;
    }

    private JsonNode special(FieldPlan.Special value, int wireType) throws IOException {
        JsonNode[] result = {NODES.nullNode()};
        nested(wireType, () -> result[0] = special.read(value.message(), in));
        return result[0];
    }

    private static JsonNode absent(FieldPlan.Value value) {
        return switch (value) {
            case Scalar scalar ->
                switch (scalar.type()) {
                    case STRING, BYTES -> NODES.stringNode("");
                    case BOOL -> NODES.booleanNode(false);
                    case INT32, INT64, DOUBLE -> NODES.numberNode(0);
                };
            case FieldPlan.Struct _, FieldPlan.Inline _ -> NODES.objectNode();
            case FieldPlan.Special message -> SpecialMessages.absent(message.message());
        };
    }

    private JsonNode scalar(Scalar.Type type, int wireType) throws IOException {
        expect(wireType(type), wireType);
        return switch (type) {
            case STRING -> NODES.stringNode(in.readStringRequireUtf8());
            case BYTES -> NODES.stringNode(Base64.getEncoder().encodeToString(in.readByteArray()));
            case BOOL -> NODES.booleanNode(in.readBool());
            case INT32 -> NODES.numberNode(in.readInt32());
            case INT64 -> whole(in.readInt64());
            case DOUBLE -> number(in.readDouble());
        };
    }

    /// As JSON's reader has it: trees with the same numbers are equal.
    private static JsonNode whole(long value) {
        return (int) value == value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    private static JsonNode number(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new MalformedMessage("a number is not finite");
        }
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? whole((long) value) : NODES.numberNode(value);
    }

    private static boolean zero(JsonNode value) {
        return value.isString()
                ? value.stringValue().isEmpty()
                : value.isBoolean() ? !value.booleanValue() : isZero(value);
    }

    private static boolean isZero(JsonNode number) {
        return number.doubleValue() == 0;
    }

    private static int wireType(Scalar.Type type) {
        return switch (type) {
            case STRING, BYTES -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
            case BOOL, INT32, INT64 -> WireFormat.WIRETYPE_VARINT;
            case DOUBLE -> WireFormat.WIRETYPE_FIXED64;
        };
    }

    String text(int wireType) throws IOException {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED, wireType);
        return in.readStringRequireUtf8();
    }

    static void expect(int expected, int actual) throws IOException {
        if (expected != actual) {
            throw new MalformedMessage("a field has wire type " + actual + " where " + expected + " is declared");
        }
    }

    void count() throws IOException {
        if (++values > MAX_VALUES) {
            throw new MalformedMessage("more than " + MAX_VALUES + " values");
        }
    }

    /// Runs `body` with the input limited to the length-delimited field that follows.
    private void nested(int wireType, Body body) throws IOException {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED, wireType);
        if (++depth > MAX_DEPTH) {
            throw new MalformedMessage("nested deeper than " + MAX_DEPTH);
        }
        int limit = in.pushLimit(in.readRawVarint32());
        body.run();
        if (!in.isAtEnd()) {
            throw new MalformedMessage("a message ends before its length");
        }
        in.popLimit(limit);
        depth--;
    }

    @FunctionalInterface
    private interface Body {
        void run() throws IOException;
    }
}
