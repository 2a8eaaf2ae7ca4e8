package io.gantry.kubelet.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A body whose pieces are messages of a WebSocket (upstream `wsstream.Reader`): binary ones, or text with Base64 where
/// the client asks for that. Closing ends the WebSocket.
final class WebSocketOutput extends OutputStream {
    private static final String BINARY = "binary.k8s.io";
    private static final String BASE64 = "base64.binary.k8s.io";

    private final WebSocket socket;
    private final boolean text;

    private WebSocketOutput(WebSocket socket, boolean text) {
        this.socket = socket;
        this.text = text;
    }

    /// Whether a request asks for a WebSocket.
    static boolean isAsked(HttpRequest request) {
        return request.upgrades()
                && request.header("upgrade")
                        .filter("websocket"::equalsIgnoreCase)
                        .isPresent();
    }

    /// Answers the handshake.
    static WebSocketOutput accept(HttpRequest request, HttpConnection client) throws IOException, HttpFailure {
        String protocol = protocol(request.headerList("sec-websocket-protocol"))
                .orElseThrow(() -> new HttpFailure(403, "requested protocol(s) are not supported"));
        return new WebSocketOutput(WebSocket.accept(request, client, protocol), protocol.equals(BASE64));
    }

    /// The first that is known of what a client offers; the empty one where it offers none. Pure.
    static Optional<String> protocol(List<String> offered) {
        List<String> named = offered.stream().filter(name -> !name.isEmpty()).toList();
        return named.isEmpty()
                ? Optional.of("")
                : named.stream()
                        .filter(name -> name.equals(BINARY) || name.equals(BASE64))
                        .findFirst();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (text) {
            byte[] encoded = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, offset, offset + length));
            socket.writeText(new String(encoded, StandardCharsets.US_ASCII));
        } else {
            socket.write(bytes, offset, length);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close(WebSocket.NORMAL);
    }
}
