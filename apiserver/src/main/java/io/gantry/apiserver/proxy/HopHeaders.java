package io.gantry.apiserver.proxy;

import io.gantry.apiserver.http.WebSocketProtocols;
import java.util.Optional;
import java.util.Set;

/// Header fields that concern one connection and are not passed on, and those that hold this server's credentials.
final class HopHeaders {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");
    private static final Set<String> OWN =
            Set.of("host", "content-length", "expect", "authorization", "accept-encoding");

    private static final Set<String> CORS = Set.of(
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin");

    private HopHeaders() {}

    /// Whether a request's field is passed on. Never `authorization`: the backend must not act as the caller.
    static boolean requestField(String lowerCaseName) {
        return !HOP_BY_HOP.contains(lowerCaseName)
                && !OWN.contains(lowerCaseName)
                && !lowerCaseName.startsWith("impersonate-")
                && !lowerCaseName.startsWith(":");
    }

    /// What of a request's field is passed on: of a WebSocket's subprotocols not the caller's token.
    static Optional<String> requestValue(String lowerCaseName, String value) {
        return lowerCaseName.equals(WebSocketProtocols.FIELD)
                ? Optional.of(WebSocketProtocols.parse(value).withoutTokens()).filter(rest -> !rest.isEmpty())
                : Optional.of(value);
    }

    /// Whether an answer's field speaks of other origins (CORS): this server decides that for what it serves.
    static boolean ofOtherOrigins(String lowerCaseName) {
        return CORS.contains(lowerCaseName);
    }

    /// Whether an answer's field is passed on.
    static boolean responseField(String lowerCaseName) {
        return !HOP_BY_HOP.contains(lowerCaseName)
                && !lowerCaseName.equals("content-length")
                && !lowerCaseName.startsWith(":");
    }
}
