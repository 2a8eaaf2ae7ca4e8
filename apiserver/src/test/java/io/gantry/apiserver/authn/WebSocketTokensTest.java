package io.gantry.apiserver.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.RequestHead;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the token is written that browsers put among a WebSocket's subprotocols.
class WebSocketTokensTest {
    private static final RequestAuthenticator AUTHENTICATOR = new RequestAuthenticator(
            token -> Optional.of(new TokenAuthenticator.Authenticated(
                    new UserInfo(token, "", List.of(), Map.of()), List.of(), Instant.MAX)),
            List.of("api"),
            path -> false,
            Optional.empty());

    private static String user(String encoded) {
        Headers.Builder headers = new Headers.Builder();
        headers.add("upgrade", "websocket");
        headers.add("connection", "Upgrade");
        headers.add(
                "sec-websocket-protocol", "base64url.bearer.authorization.k8s.io." + encoded + ", v4.channel.k8s.io");
        RequestHead head = RequestHead.of("GET", "/", headers.build(), new InetSocketAddress(0));
        return AUTHENTICATOR.authenticate(head, Optional.empty()).name();
    }

    @Test
    void aTokenIsInBase64ForAddresses() {
        assertEquals("ab~?", user("YWJ-Pw"));
    }

    /// Padded, in the other alphabet, and bytes that are no text.
    @ParameterizedTest
    @ValueSource(strings = {"YWJ-Pw==", "YWJ+Pw", "_w", "*"})
    void whatUpstreamDoesNotReadIsRefused(String encoded) {
        assertEquals(
                401, assertThrows(StatusException.class, () -> user(encoded)).code());
    }
}
