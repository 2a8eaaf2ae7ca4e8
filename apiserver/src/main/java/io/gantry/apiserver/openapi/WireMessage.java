package io.gantry.apiserver.openapi;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;

/// Collects the fields of one protobuf message; what is absent in JSON, or zero, is not written. Not thread-safe.
final class WireMessage {
    private static final int BUFFER_BYTES = 128;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER_BYTES);

    private interface Write {
        void run() throws IOException;
    }

    WireMessage text(int number, JsonNode value) {
        return value.isString() ? text(number, value.stringValue()) : this;
    }

    WireMessage text(int number, String value) {
        return write(() -> out.writeString(number, value));
    }

    WireMessage texts(int number, JsonNode values) {
        values.forEach(value -> text(number, value));
        return this;
    }

    WireMessage bool(int number, JsonNode value) {
        return value.isBoolean() && value.booleanValue() ? write(() -> out.writeBool(number, true)) : this;
    }

    WireMessage number(int number, JsonNode value) {
        return value.isNumber() ? write(() -> out.writeDouble(number, value.doubleValue())) : this;
    }

    WireMessage integer(int number, JsonNode value) {
        return value.isIntegralNumber() ? write(() -> out.writeInt64(number, value.longValue())) : this;
    }

    WireMessage message(int number, WireMessage value) {
        return write(() -> out.writeByteArray(number, value.bytes()));
    }

    byte[] bytes() {
        write(out::flush);
        return bytes.toByteArray();
    }

    private WireMessage write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory", e);
        }
        return this;
    }
}
