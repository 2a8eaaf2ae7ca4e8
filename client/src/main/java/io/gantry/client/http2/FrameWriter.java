package io.gantry.client.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Frames that wait to be written, one after the other. Not thread-safe.
final class FrameWriter {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SETTING_BYTES = 6;
    private static final int KEPT_BYTES = 32 * 1024;

    private byte[] bytes = new byte[2048];
    private int size;

    /// What a client says first.
    ///
    /// @param window how much each stream may send before it was read
    void preface(int window) {
        append(PREFACE, 0, PREFACE.length);
        head(2 * SETTING_BYTES, Frames.SETTINGS, 0, 0);
        setting(Frames.ENABLE_PUSH, 0);
        setting(Frames.INITIAL_WINDOW_SIZE, window);
    }

    private void setting(int name, int value) {
        room(SETTING_BYTES);
        bytes[size++] = (byte) (name >> 8);
        bytes[size++] = (byte) name;
        number(value);
    }

    void settingsAck() {
        head(0, Frames.SETTINGS, Frames.ACK, 0);
    }

    void headers(int stream, byte[] block, boolean end, int maxFrame) {
        int first = Math.min(block.length, maxFrame);
        int flags = (end ? Frames.END_STREAM : 0) | (first == block.length ? Frames.END_HEADERS : 0);
        head(first, Frames.HEADERS, flags, stream);
        append(block, 0, first);
        for (int at = first; at < block.length; at += maxFrame) {
            int length = Math.min(block.length - at, maxFrame);
            head(length, Frames.CONTINUATION, at + length == block.length ? Frames.END_HEADERS : 0, stream);
            append(block, at, length);
        }
    }

    void data(int stream, byte[] body, int from, int length, boolean end) {
        head(length, Frames.DATA, end ? Frames.END_STREAM : 0, stream);
        append(body, from, length);
    }

    void windowUpdate(int stream, int more) {
        head(4, Frames.WINDOW_UPDATE, 0, stream);
        room(4);
        number(more);
    }

    void ping(int flags, byte[] payload, int from) {
        head(8, Frames.PING, flags, 0);
        append(payload, from, 8);
    }

    void reset(int stream, int code) {
        head(4, Frames.RST_STREAM, 0, stream);
        room(4);
        number(code);
    }

    void goAway() {
        head(8, Frames.GOAWAY, 0, 0);
        room(8);
        number(0);
        number(Frames.NO_ERROR);
    }

    private void head(int length, int type, int flags, int stream) {
        room(Frames.HEAD_BYTES);
        bytes[size++] = (byte) (length >> 16);
        bytes[size++] = (byte) (length >> 8);
        bytes[size++] = (byte) length;
        bytes[size++] = (byte) type;
        bytes[size++] = (byte) flags;
        number(stream);
    }

    private void number(int value) {
        bytes[size++] = (byte) (value >> 24);
        bytes[size++] = (byte) (value >> 16);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    private void append(byte[] from, int at, int length) {
        room(length);
        System.arraycopy(from, at, bytes, size, length);
        size += length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Forgets everything; a large buffer too.
    void clear() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[2048];
        }
    }
}
