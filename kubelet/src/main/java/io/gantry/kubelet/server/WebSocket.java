package io.gantry.kubelet.server;

import io.gantry.component.WebSocketAgreement;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The server's side of a WebSocket (RFC 6455) with binary messages. One thread reads; any may write.
final class WebSocket {
    private static final int PART_BYTES = 64 * 1024;
    static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;

    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();
    private WebSocketFrame current = WebSocketFrame.ended();
    private boolean closing;

    /// A message, whole however the client cut it, or the next [#PART_BYTES] of one that is longer: clients put whole
    /// files into one message.
    ///
    /// @param begins whether it is the first of its message
    record Part(boolean begins, byte[] bytes) {}

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
        client.out().write(WebSocketAgreement.head(key, protocol));
        client.out().flush();
        return new WebSocket(client.in(), client.out());
    }

    /// What comes next; empty when the client closes. A client that breaks the protocol is told so in a close frame.
    ///
    /// @throws IOException when the client leaves or breaks the protocol
    Optional<Part> read() throws IOException {
        boolean begins = !within();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        try {
            do {
                if (!current.hasMore()) {
                    Optional<WebSocketFrame> next = dataFrame();
                    if (next.isEmpty()) {
                        return Optional.empty();
                    }
                    current = next.get();
                }
                part.writeBytes(current.take(in, PART_BYTES - part.size()));
            } while (within() && part.size() < PART_BYTES);
        } catch (ProtocolException broken) {
            close(PROTOCOL_ERROR);
            throw broken;
        }
        return Optional.of(new Part(begins, part.toByteArray()));
    }

    /// Whether something of a message is still to come.
    private boolean within() {
        return current.hasMore() || !current.last();
    }

    private Optional<WebSocketFrame> dataFrame() throws IOException {
        while (true) {
            Optional<WebSocketFrame> next = WebSocketFrame.read(in);
            if (next.isEmpty()) {
                return next;
            }
            int opcode = next.get().opcode();
            switch (opcode) {
                case WebSocketFrame.CLOSE -> {
                    return Optional.empty();
                }
                case WebSocketFrame.PING -> {
                    byte[] payload = next.get().take(in, WebSocketFrame.MAX_CONTROL_BYTES);
                    frame(WebSocketFrame.PONG, payload, 0, payload.length);
                }
                case WebSocketFrame.PONG -> next.get().take(in, WebSocketFrame.MAX_CONTROL_BYTES);
                case WebSocketFrame.CONTINUATION, WebSocketFrame.TEXT, WebSocketFrame.BINARY -> {
                    WebSocketFrame.require(
                            (opcode == WebSocketFrame.CONTINUATION) == within(), "a message out of order");
                    return next;
                }
                default -> WebSocketFrame.require(false, "unknown opcode " + opcode);
            }
        }
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        frame(WebSocketFrame.BINARY, bytes, offset, length);
    }

    void writeText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frame(WebSocketFrame.TEXT, bytes, 0, bytes.length);
    }

    private void frame(int opcode, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(10).put((byte) (WebSocketFrame.FIN | opcode));
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
            closing = opcode == WebSocketFrame.CLOSE;
            out.write(head.array(), 0, head.position());
            out.write(bytes, offset, length);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    void close(int code) throws IOException {
        byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
        frame(WebSocketFrame.CLOSE, payload, 0, payload.length);
    }
}
