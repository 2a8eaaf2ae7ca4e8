package io.gantry.dashboard;

import io.gantry.api.StatusException;
import io.gantry.component.WebSocketAgreement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The server's side of a WebSocket (RFC 6455) of which the browser sends little: short messages that carry no content,
/// pings and the end. Writes may come from several threads.
final class WebSocket {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    /// That of control frames; messages of the browser are not longer either.
    private static final int MAX_RECEIVED_BYTES = 125;

    private final InputStream in;
    private final OutputStream out;

    private WebSocket(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// Agrees to a request for a WebSocket.
    ///
    /// @param protocol the subprotocol that is taken, empty for none
    static WebSocket accept(Request request, String protocol, InputStream in, OutputStream out) throws IOException {
        String key = request.header("sec-websocket-key");
        if (key.isEmpty() || !request.header("sec-websocket-version").equals("13")) {
            throw StatusException.badRequest("not a WebSocket's handshake");
        }
        out.write(WebSocketAgreement.head(key, protocol));
        out.flush();
        return new WebSocket(in, out);
    }

    void text(byte[] message) throws IOException {
        send(TEXT, message, message.length);
    }

    void binary(byte[] message, int length) throws IOException {
        send(BINARY, message, length);
    }

    /// Says that nothing more comes.
    void end() throws IOException {
        send(CLOSE, new byte[] {(byte) (1000 >> 8), (byte) 1000}, 2);
    }

    private synchronized void send(int opcode, byte[] message, int length) throws IOException {
        byte[] head = length < 126
                ? new byte[] {(byte) (FINAL | opcode), (byte) length}
                : length < 1 << 16
                        ? new byte[] {(byte) (FINAL | opcode), 126, (byte) (length >> 8), (byte) length}
                        : new byte[] {
                            (byte) (FINAL | opcode),
                            127,
                            0,
                            0,
                            0,
                            0,
                            (byte) (length >> 24),
                            (byte) (length >> 16),
                            (byte) (length >> 8),
                            (byte) length
                        };
        out.write(head);
        out.write(message, 0, length);
        out.flush();
    }

    /// Runs `message` for each message of the browser until it ends the WebSocket, breaks the rules or is gone.
    void receive(Runnable message) throws IOException {
        for (int first = in.read(); first >= 0; first = in.read()) {
            int length = in.read() - MASKED;
            if (length < 0 || length > MAX_RECEIVED_BYTES) {
                return;
            }
            byte[] content = unmasked(in.readNBytes(4), in.readNBytes(length));
            switch (first & 0x0f) {
                case TEXT, BINARY -> message.run();
                case PING -> send(PONG, content, content.length);
                case PONG -> {}
                default -> {
                    return;
                }
            }
        }
    }

    private static byte[] unmasked(byte[] mask, byte[] content) throws IOException {
        if (mask.length < 4) {
            throw new IOException("the browser went away within a frame");
        }
        for (int i = 0; i < content.length; i++) {
            content[i] ^= mask[i % 4];
        }
        return content;
    }
}
