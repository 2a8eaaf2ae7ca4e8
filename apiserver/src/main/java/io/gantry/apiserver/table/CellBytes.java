package io.gantry.apiserver.table;

import io.gantry.api.Json;
import io.gantry.apiserver.http.Pieces;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is written anew in an answer that otherwise consists of pieces of the objects: small parts, one after the other
/// in arrays of a few kilobytes, between the pieces. For one thread.
final class CellBytes {
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Pieces pieces;
    private byte[] chunk;
    /// Of what is not among the pieces yet.
    private int start;
    private int at;

    /// @param expected about how many bytes are written anew
    CellBytes(Pieces pieces, int expected) {
        this.pieces = pieces;
        this.chunk = new byte[Math.clamp(expected, 64, CHUNK_BYTES)];
    }

    /// Adds a piece of an array that nobody changes, without a copy.
    void piece(byte[] array, int from, int to) {
        flush();
        pieces.add(array, from, to);
    }

    /// Makes all that was written part of the pieces.
    void flush() {
        if (at > start) {
            pieces.add(chunk, start, at);
            start = at;
        }
    }

    void write(byte[] bytes) {
        write(bytes, bytes.length);
    }

    /// @param count of the bytes from the first on
    void write(byte[] bytes, int count) {
        ensure(count);
        System.arraycopy(bytes, 0, chunk, at, count);
        at += count;
    }

    void write(char one) {
        ensure(1);
        chunk[at++] = (byte) one;
    }

    /// Writes a cell's value as JSON.
    void value(@Nullable Object value) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            ascii(value.toString());
        } else {
            write(Json.MAPPER.writeValueAsBytes(value));
        }
    }

    private void text(String text) {
        if (isPlain(text)) {
            write('"');
            ascii(text);
            write('"');
        } else {
            write(Json.MAPPER.writeValueAsBytes(text));
        }
    }

    @SuppressWarnings("deprecation") // copies the low bytes, which is all there is of ASCII
    private void ascii(String text) {
        int length = text.length();
        ensure(length);
        text.getBytes(0, length, chunk, at);
        at += length;
    }

    /// Whether it stands in JSON as it is.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one < ' ' || one > '~' || one == '"' || one == '\\') {
                return false;
            }
        }
        return true;
    }

    private void ensure(int count) {
        if (chunk.length - at >= count) {
            return;
        }
        if (start == 0 && at > 0 && chunk.length < CHUNK_BYTES) {
            chunk = Arrays.copyOf(chunk, Math.max(at + count, Math.min(chunk.length * 4, CHUNK_BYTES)));
            return;
        }
        flush();
        chunk = new byte[Math.max(CHUNK_BYTES, count)];
        start = 0;
        at = 0;
    }
}
