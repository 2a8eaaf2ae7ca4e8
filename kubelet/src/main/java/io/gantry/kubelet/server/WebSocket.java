package io.gantry.kubelet.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The server's side of a WebSocket (RFC 6455) with binary messages. One thread reads; any may write.
final class WebSocket {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final int MAX_MESSAGE_BYTES = 4 << 20;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int MASK = 0x80;
    private static final int RESERVED = 0x70;
    static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int TOO_BIG = 1009;

    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean closing;

    /// @param in what follows the handshake
    WebSocket(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /// Whether the request opens a WebSocket and offers the protocol.
    static boolean offers(HttpRequest request, String protocol) {
        return request.header("upgrade").filter("websocket"::equalsIgnoreCase).isPresent()
                && request.headerList("sec-websocket-protocol").contains(protocol);
    }

    /// @param protocol what was agreed; empty for none
    static WebSocket accept(HttpRequest request, HttpConnection client, String protocol)
            throws IOException, HttpFailure {
        String key = request.header("sec-websocket-key")
                .orElseThrow(() -> new HttpFailure(400, "Sec-WebSocket-Key is missing"));
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptKey(key) + "\r\n"
                + (protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") + "\r\n";
        client.out().write(head.getBytes(StandardCharsets.ISO_8859_1));
        client.out().flush();
        return new WebSocket(client.in(), client.out());
    }

    private static String acceptKey(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The next message, whole however the client cut it; empty when the client closes. A client that breaks the
    /// protocol is told so in a close frame.
    ///
    /// @throws IOException when the client leaves or breaks the protocol
    Optional<byte[]> read() throws IOException {
        ByteArrayOutputStream message = null;
        while (true) {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            int opcode = first & 0x0F;
            require((first & RESERVED) == 0, PROTOCOL_ERROR, "reserved bits are set");
            byte[] payload = payload();
            switch (opcode) {
                case CLOSE -> {
                    return Optional.empty();
                }
                case PING -> frame(PONG, payload, 0, payload.length);
                case PONG -> {}
                case CONTINUATION, TEXT, BINARY -> {
                    require((opcode == CONTINUATION) == (message != null), PROTOCOL_ERROR, "a message out of order");
                    if (message == null && (first & FIN) != 0) {
                        return Optional.of(payload);
                    }
                    message = message == null ? new ByteArrayOutputStream() : message;
                    require(message.size() + payload.length <= MAX_MESSAGE_BYTES, TOO_BIG, "message too large");
                    message.writeBytes(payload);
                    if ((first & FIN) != 0) {
                        return Optional.of(message.toByteArray());
                    }
                }
                default -> require(false, PROTOCOL_ERROR, "unknown opcode " + opcode);
            }
        }
    }

    private void require(boolean holds, int code, String why) throws IOException {
        if (!holds) {
            close(code);
            throw new IOException("WebSocket: " + why);
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        require(length >= 0 && length <= MAX_FRAME_BYTES, TOO_BIG, "frame too large");
        require((second & MASK) != 0, PROTOCOL_ERROR, "a client's frame without mask");
        byte[] mask = new byte[4];
        in.readFully(mask);
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        frame(BINARY, bytes, offset, length);
    }

    void writeText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frame(TEXT, bytes, 0, bytes.length);
    }

    private void frame(int opcode, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(10).put((byte) (FIN | opcode));
        if (length < 126) {
            head.put((byte) length);
        } else if (length < 1 << 16) {
            head.put((byte) 126).putShort((short) length);
        } else {
            head.put((byte) 127).putLong(length);
        }
        writing.lock();
        try {
            if (closing) {
                return;
            }
            closing = opcode == CLOSE;
            out.write(head.array(), 0, head.position());
            out.write(bytes, offset, length);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    void close(int code) throws IOException {
        byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
        frame(CLOSE, payload, 0, payload.length);
    }
}
