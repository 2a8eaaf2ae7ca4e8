package io.gantry.apiserver.http;

import io.gantry.component.WebSocketAgreement;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A client's wish for a WebSocket (RFC 6455) and what it is answered. The one subprotocol that the client offers is
/// agreed to, whatever it is: browsers break a connection off whose answer names none of theirs.
///
/// @param key the client's
/// @param protocols offered, at most one
public record WebSocketHandshake(String key, List<String> protocols) {
    private static final String VERSION = "13";
    private static final String KEY = "sec-websocket-key";

    /// A wish that nothing refuses.
    public static WebSocketHandshake of(RequestHead head) {
        return new WebSocketHandshake(
                head.header(KEY).orElse(""), WebSocketProtocols.of(head).offered());
    }

    /// The answer to a wish without a key, of another version, of no origin or with several subprotocols. In the order,
    /// with the codes and in the words of the library that upstream's watches use (`golang.org/x/net/websocket`).
    public static Optional<Response> refusal(RequestHead head) {
        if (head.header(KEY).orElse("").isEmpty()) {
            return Optional.of(text("mismatch challenge/response"));
        }
        if (!head.header("sec-websocket-version").orElse("").equals(VERSION)) {
            return Optional.of(text("missing or bad WebSocket Version").with("sec-websocket-version", VERSION));
        }
        if (!head.header("origin").filter(WebSocketHandshake::isOrigin).isPresent()) {
            return Optional.of(Response.empty(403, Headers.NONE));
        }
        return WebSocketProtocols.of(head).offered().size() > 1
                ? Optional.of(Response.empty(400, Headers.NONE))
                : Optional.empty();
    }

    private static Response text(String why) {
        return Response.of(400, "text/plain; charset=utf-8", why.getBytes(StandardCharsets.UTF_8));
    }

    /// As Go reads the target of a request: a URL or an absolute path.
    private static boolean isOrigin(String origin) {
        try {
            return new URI(origin).isAbsolute() || origin.startsWith("/");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// Whether a request asks for a WebSocket.
    public static boolean isAsked(RequestHead head) {
        return head.header("upgrade").orElse("").equalsIgnoreCase("websocket")
                && head.headers().all("connection").stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"));
    }

    /// The head of the answer.
    byte[] answer() {
        return WebSocketAgreement.head(key, protocols.isEmpty() ? "" : protocols.getFirst());
    }
}
