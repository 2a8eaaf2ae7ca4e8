package io.gantry.dashboard;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Answers without an end, watches and followed logs, as messages of a WebSocket: a browser opens only six connections
/// to a server for all its tabs, but any number of WebSockets.
///
/// The first message is text, `{"status": 200}`, with the answer's `body` where the status tells a failure;
/// bytes of the body follow as binary messages, as they come. The page answers each of these with a
/// message; no more than [#WINDOW] are on their way, so a page that cannot keep up slows the API server's
/// stream and not itself.
final class StreamRelay {
    /// Where the page asks for a stream: the API's path follows.
    static final String PREFIX = "/stream";

    static final int WINDOW = 32;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int FAILURE_BYTES = 64 * 1024;
    private static final Map<String, String> TABLE =
            Map.of("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");

    private record Begin(int status, String body) {}

    private final Relay relay;

    StreamRelay(Relay relay) {
        this.relay = relay;
    }

    /// Streams until either side ends. Logs come as they are, objects as rows of Tables where the path asks
    /// (`/stream/table/api/…`).
    ///
    /// @throws StatusException when it is no WebSocket's handshake
    void pass(Request request, InputStream in, OutputStream out) throws IOException, InterruptedException {
        String path = request.path().substring(PREFIX.length());
        boolean table = path.startsWith("/table/");
        String asked = table ? path.substring("/table".length()) : path;
        Relay.checkPath(asked);
        WebSocket socket = WebSocket.accept(request, "", in, out);
        Semaphore window = new Semaphore(WINDOW);
        Gone.watch(() -> socket.receive(window::release));
        try {
            String target = asked + (request.query().isEmpty() ? "" : "?" + request.query());
            begin(socket, window, relay.send("GET", asked, target, table ? TABLE : Map.of(), new byte[0]));
        } catch (StatusException e) {
            tell(socket, e.code(), Json.MAPPER.writeValueAsString(e.status()));
        }
        socket.end();
    }

    private static void begin(WebSocket socket, Semaphore window, HttpResponse<InputStream> response)
            throws IOException, InterruptedException {
        try (InputStream body = response.body()) {
            if (response.statusCode() >= 300) {
                tell(socket, response.statusCode(), Relay.text(body, FAILURE_BYTES));
                return;
            }
            tell(socket, response.statusCode(), "");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                window.acquire();
                socket.binary(buffer, n);
            }
        }
    }

    private static void tell(WebSocket socket, int status, String body) throws IOException {
        socket.text(Json.MAPPER.writeValueAsBytes(new Begin(status, body)));
    }
}
