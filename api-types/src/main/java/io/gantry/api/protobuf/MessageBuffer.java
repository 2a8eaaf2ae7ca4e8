package io.gantry.api.protobuf;

import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes of messages as they grow; a nested message's length is filled in when it ends. One owner at a time.
final class MessageBuffer {
    private byte[] bytes;
    private int size;

    MessageBuffer(int capacity) {
        bytes = new byte[Math.max(64, capacity)];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    void varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void number(int field, long value) {
        tag(field, WireFormat.WIRETYPE_VARINT);
        varint(value);
    }

    void decimal(int field, double value) {
        tag(field, WireFormat.WIRETYPE_FIXED64);
        ensure(8);
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < 8; i++) {
            bytes[size++] = (byte) (bits >>> (8 * i));
        }
    }

    void text(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int field, byte[] value) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        varint(value.length);
        raw(value);
    }

    /// Begins a nested message; one byte is kept for its length.
    ///
    /// @return what [#end] wants
    int begin(int field) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        ensure(1);
        return ++size;
    }

    /// Ends the message that began at `start`: longer ones move to make room for their length.
    void end(int start) {
        int length = size - start;
        int digits = 1;
        for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
            digits++;
        }
        if (digits > 1) {
            ensure(digits - 1);
            System.arraycopy(bytes, start, bytes, start + digits - 1, length);
        }
        int end = size + digits - 1;
        size = start - 1;
        varint(length);
        size = end;
    }

    private void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
