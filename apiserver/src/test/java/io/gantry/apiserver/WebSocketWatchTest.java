package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Watches of browsers: over a WebSocket, with a token among its subprotocols.
@Timeout(30)
class WebSocketWatchTest extends SecureServer {
    private static final String OBJECTS = "/api/v1/namespaces/sockets/configmaps";
    private static final String WATCH = OBJECTS + "?watch=true&fieldSelector=metadata.name%3Da";
    private static final String PROTOCOL = "base64.binary.k8s.io";

    private static String token;
    private String origin = "https://ui.example.com";

    @BeforeAll
    static void objects() throws Exception {
        namespace("sockets");
        call(admin, 201, "POST", OBJECTS, "{\"metadata\":{\"name\":\"a\"}}");
        call(
                admin,
                201,
                "POST",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/sockets/rolebindings",
                "{\"metadata\":{\"name\":\"b\"},\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"default\","
                        + "\"namespace\":\"sockets\"}],"
                        + "\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\","
                        + "\"name\":\"view\"}}");
        token = call(admin, 201, "POST", "/api/v1/namespaces/sockets/serviceaccounts/default/token", "{}")
                .path("status")
                .path("token")
                .stringValue();
    }

    /// What comes, as text or bytes.
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                all.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            all.add(bytes);
            socket.request(1);
            return null;
        }
    }

    private static String offer(String bearer) {
        return "base64url.bearer.authorization.k8s.io."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bearer.getBytes(StandardCharsets.UTF_8));
    }

    private WebSocket open(HttpClient client, Messages messages, String accept, List<String> protocols) {
        WebSocket.Builder builder = client.newWebSocketBuilder().header("accept", accept);
        if (!origin.isEmpty()) {
            builder.header("origin", origin);
        }
        if (!protocols.isEmpty()) {
            builder.subprotocols(
                    protocols.getFirst(), protocols.subList(1, protocols.size()).toArray(String[]::new));
        }
        return builder.buildAsync(
                        URI.create("wss://127.0.0.1:" + server.address().getPort() + WATCH), messages)
                .join();
    }

    private int refusal(HttpClient client, String... protocols) {
        CompletionException refused = assertThrows(
                CompletionException.class, () -> open(client, new Messages(), "application/json", List.of(protocols)));
        return assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
                .getResponse()
                .statusCode();
    }

    /// A browser breaks the connection off when none of its subprotocols is agreed to.
    @Test
    void aTokenAmongTheSubprotocolsHoldsAndTheOtherIsAgreedTo() throws Exception {
        Messages messages = new Messages();
        WebSocket socket = open(anonymous, messages, "application/json", List.of(offer(token), PROTOCOL));
        assertEquals(PROTOCOL, socket.getSubprotocol());
        JsonNode event = Json.MAPPER.readTree(assertInstanceOf(String.class, messages.all.take()));
        assertEquals("ADDED", event.path("type").stringValue());
        assertEquals("a", event.path("object").path("metadata").path("name").stringValue());
        socket.abort();
    }

    @Test
    void whoOffersNothingIsAgreedNothing() throws Exception {
        Messages messages = new Messages();
        WebSocket socket = open(admin, messages, "application/json", List.of());
        assertEquals("", socket.getSubprotocol());
        assertInstanceOf(String.class, messages.all.take());
        socket.abort();
    }

    @Test
    void aTokenNeedsASubprotocolBesideItAndNoOther() {
        assertEquals(401, refusal(anonymous, offer(token)));
        assertEquals(401, refusal(anonymous, offer(token), offer("another"), PROTOCOL));
        assertEquals(401, refusal(anonymous, offer("nobody's"), PROTOCOL));
        assertEquals(401, refusal(anonymous, offer(token) + "*", PROTOCOL));
        assertEquals(400, refusal(anonymous, offer(token), PROTOCOL, "another"));
    }

    /// Upstream's library asks for one, whichever it is.
    @Test
    void whatHasNoOriginIsNoBrowser() {
        for (String none : List.of("", "null", "x")) {
            origin = none;
            assertEquals(403, refusal(admin), none);
        }
    }

    /// Without the length that stands before an event of a stream.
    @Test
    void eventsInProtobufAreMessagesOfBytes() throws Exception {
        Messages messages = new Messages();
        WebSocket socket = open(admin, messages, "application/vnd.kubernetes.protobuf", List.of());
        byte[] event = assertInstanceOf(byte[].class, messages.all.take());
        String start = new String(event, StandardCharsets.ISO_8859_1);
        assertTrue(start.startsWith("\n\u0005ADDED"), start);
        assertTrue(start.contains("k8s\0"), start);
        socket.abort();
    }
}
