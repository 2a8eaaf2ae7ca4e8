package io.gantry.dashboard;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.component.WebSocketAgreement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Terminals: a WebSocket of the page becomes one of the API server; after both have agreed, bytes pass either way
/// untouched, and a side that does not read stops the other one.
final class ShellRelay {
    private static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");
    private static final int MAX_HEAD_BYTES = 32 * 1024;
    private static final int FAILURE_BYTES = 64 * 1024;

    /// The channel on which a command's end is told.
    private static final int ERROR_CHANNEL = 3;

    private final Upstream upstream;

    ShellRelay(Upstream upstream) {
        this.upstream = upstream;
    }

    /// Relays until either side ends.
    ///
    /// @throws StatusException when the page asks for something else than a terminal
    void pass(Request request, InputStream in, OutputStream out) throws IOException {
        Relay.checkPath(request.path());
        if (!ApiPath.isShell(request.path())) {
            throw StatusException.of(403, "Forbidden", "WebSockets are passed on for exec and attach only", null);
        }
        try (Socket server = open(request)) {
            InputStream answers = server.getInputStream();
            String[] lines = Head.read(answers, MAX_HEAD_BYTES)
                    .orElseThrow(() -> StatusException.unavailable("the API server closed the connection"))
                    .split("\r\n", -1);
            Map<String, String> headers = Head.fields(lines);
            if (!lines[0].startsWith("HTTP/1.1 101 ")) {
                refuse(request, failure(lines[0], headers, answers), in, out);
                return;
            }
            String protocol = headers.getOrDefault("sec-websocket-protocol", "");
            out.write(WebSocketAgreement.relayed(headers.getOrDefault("sec-websocket-accept", ""), protocol));
            out.flush();
            OutputStream toServer = server.getOutputStream();
            Gone.watch(() -> pipe(in, toServer));
            pipe(answers, out);
        }
    }

    private Socket open(Request request) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Sec-WebSocket-Key", request.header("sec-websocket-key"));
        headers.put("Sec-WebSocket-Version", request.header("sec-websocket-version"));
        headers.put("Sec-WebSocket-Protocol", request.header("sec-websocket-protocol"));
        try {
            return upstream.openWebSocket(request.target(), headers);
        } catch (IOException e) {
            throw Relay.unreachable(e);
        }
    }

    private static void pipe(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
    }

    /// A page is not told why a WebSocket was refused: so it is agreed to, and the reason told in the protocol's own
    /// way.
    private static void refuse(Request request, byte[] status, InputStream in, OutputStream out) throws IOException {
        String offered = request.header("sec-websocket-protocol");
        String protocol =
                PROTOCOLS.stream().filter(offered::contains).findFirst().orElse("");
        WebSocket socket = WebSocket.accept(request, protocol, in, out);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(ERROR_CHANNEL);
        message.writeBytes(status);
        socket.binary(message.toByteArray(), message.size());
        socket.end();
    }

    private static byte[] failure(String statusLine, Map<String, String> headers, InputStream body) throws IOException {
        int length = Optional.of(headers.getOrDefault("content-length", "0"))
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        byte[] bytes = body.readNBytes(Math.min(length, FAILURE_BYTES));
        if (headers.getOrDefault("content-type", "").startsWith("application/json") && bytes.length > 0) {
            return bytes;
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        String message = "the API server refused the terminal: " + (text.isEmpty() ? statusLine : text);
        return Json.MAPPER.writeValueAsBytes(
                StatusException.unavailable(message).status());
    }
}
