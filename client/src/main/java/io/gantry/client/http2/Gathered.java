package io.gantry.client.http2;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Bytes that come in pieces and leave together.
final class Gathered {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /// There will be so many.
    void expect(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, size + more);
        }
    }

    void add(ByteBuf piece) {
        int more = piece.readableBytes();
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, size == 0 ? more : Math.max(size + more, Math.multiplyExact(size, 2)));
        }
        piece.getBytes(piece.readerIndex(), bytes, size, more);
        size += more;
    }

    /// All of them; none are left.
    byte[] take() {
        byte[] taken = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        bytes = NOTHING;
        size = 0;
        return taken;
    }
}
