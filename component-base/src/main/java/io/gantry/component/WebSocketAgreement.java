package io.gantry.component;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The head of the answer by which a server agrees to speak WebSocket (RFC 6455, section 4.2.2).
public final class WebSocketAgreement {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketAgreement() {}

    /// @param key the client's `Sec-WebSocket-Key`
    /// @param protocol the subprotocol that was agreed; empty for none
    public static byte[] head(String key, String protocol) {
        byte[] digest = Digests.sha1().digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
        return relayed(Base64.getEncoder().encodeToString(digest), protocol);
    }

    /// The head of another server's agreement, for a client whose key was handed on.
    ///
    /// @param acceptance the other's `Sec-WebSocket-Accept`
    /// @param protocol as in [#head]
    public static byte[] relayed(String acceptance, String protocol) {
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptance + "\r\n"
                + (protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") + "\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }
}
