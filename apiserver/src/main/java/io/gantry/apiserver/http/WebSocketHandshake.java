package io.gantry.apiserver.http;

import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// A client's wish for a WebSocket (RFC 6455) and what it is answered. The one subprotocol that the client offers is
/// agreed to, whatever it is: browsers break a connection off whose answer names none of theirs.
///
/// @param key the client's
/// @param protocols offered, at most one
public record WebSocketHandshake(String key, List<String> protocols) {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";

    /// @throws StatusException 400 for a key or a version that is missing or not ours, and for several subprotocols
    public static WebSocketHandshake of(RequestHead head) {
        String key = head.header("sec-websocket-key").orElse("");
        List<String> protocols = WebSocketProtocols.of(head).offered();
        if (key.isEmpty()) {
            throw StatusException.badRequest("mismatch challenge/response");
        }
        if (!head.header("sec-websocket-version").orElse("").equals(VERSION)) {
            throw StatusException.badRequest("missing or bad WebSocket Version");
        }
        if (protocols.size() > 1) {
            throw StatusException.badRequest("missing or bad WebSocket-Protocol");
        }
        return new WebSocketHandshake(key, protocols);
    }

    /// Whether a request asks for a WebSocket.
    public static boolean isAsked(RequestHead head) {
        return head.header("upgrade").orElse("").equalsIgnoreCase("websocket")
                && head.headers().all("connection").stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"));
    }

    /// The head of the answer.
    byte[] answer() {
        String protocol = protocols.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocols.getFirst() + "\r\n";
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept() + "\r\n" + protocol + "\r\n";
        return answer.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String accept() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
