package io.gantry.apiserver.http;

import java.util.ArrayList;
import java.util.List;

/// The subprotocols that a client offers for a WebSocket. Browsers cannot set other fields there, so they put their
/// bearer token among them; it is for this server alone, and nothing that is agreed to.
///
/// @param offered in the client's order
/// @param tokens bearer tokens in base64url, without their prefix
public record WebSocketProtocols(List<String> offered, List<String> tokens) {
    public static final String FIELD = "sec-websocket-protocol";
    private static final String TOKEN = "base64url.bearer.authorization.k8s.io.";

    public WebSocketProtocols {
        offered = List.copyOf(offered);
        tokens = List.copyOf(tokens);
    }

    /// Of all values of the field together.
    public static WebSocketProtocols of(RequestHead head) {
        return parse(String.join(",", head.headers().all(FIELD)));
    }

    /// Of one value of the field.
    public static WebSocketProtocols parse(String value) {
        List<String> offered = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (String part : value.split(",")) {
            String protocol = part.strip();
            if (protocol.startsWith(TOKEN)) {
                tokens.add(protocol.substring(TOKEN.length()));
            } else if (!protocol.isEmpty()) {
                offered.add(protocol);
            }
        }
        return new WebSocketProtocols(offered, tokens);
    }

    /// The field's value without tokens; empty when there is nothing else.
    public String withoutTokens() {
        return String.join(", ", offered);
    }
}
