package io.gantry.kubelet.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;

/// A frame of a client (RFC 6455): its head, and what was not taken yet of its payload, which may be of any length. For
/// the one thread that reads.
final class WebSocketFrame {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    static final int MAX_CONTROL_BYTES = 125;
    private static final int MASK = 0x80;
    private static final int MASK_BYTES = 4;
    private static final int RESERVED = 0x70;

    private final int first;
    private final byte[] mask;
    private long left;
    private int taken;

    private WebSocketFrame(int first, byte[] mask, long left) {
        this.first = first;
        this.mask = mask;
        this.left = left;
    }

    /// A frame that ended a message.
    static WebSocketFrame ended() {
        return new WebSocketFrame(FIN | BINARY, new byte[MASK_BYTES], 0);
    }

    /// The next frame; what there was before is taken. Empty at the end of the stream.
    ///
    /// @throws ProtocolException for a head that no client may send
    static Optional<WebSocketFrame> read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int second = in.readUnsignedByte();
        long length = second & ~MASK;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        require((first & RESERVED) == 0, "reserved bits are set");
        require((second & MASK) != 0, "a client's frame without mask");
        require(length >= 0, "a length below zero");
        byte[] mask = new byte[MASK_BYTES];
        in.readFully(mask);
        WebSocketFrame frame = new WebSocketFrame(first, mask, length);
        require(frame.opcode() < CLOSE || length <= MAX_CONTROL_BYTES, "a control frame that is too large");
        return Optional.of(frame);
    }

    static void require(boolean holds, String why) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException("WebSocket: " + why);
        }
    }

    int opcode() {
        return first & 0x0F;
    }

    /// Whether no further frame belongs to its message.
    boolean last() {
        return (first & FIN) != 0;
    }

    boolean hasMore() {
        return left > 0;
    }

    /// The next bytes of the payload: so many, or all that are left.
    byte[] take(DataInputStream in, int most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(most, left)];
        in.readFully(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= mask[(taken + i) % MASK_BYTES];
        }
        taken = (taken + bytes.length) % MASK_BYTES;
        left -= bytes.length;
        return bytes;
    }
}
