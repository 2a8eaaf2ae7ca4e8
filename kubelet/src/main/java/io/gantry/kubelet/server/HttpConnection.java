package io.gantry.kubelet.server;

import io.gantry.api.Json;
import io.gantry.component.HealthServer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// HTTP/1.1 on one socket: one request, one answer, then the connection ends or is taken over. One owner thread.
final class HttpConnection {
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    }

    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /// The request's head; empty where the peer closed without one.
    Optional<HttpRequest> read() throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String[] words = line.split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/1")) {
            throw new IOException("malformed request line");
        }
        return Optional.of(request(words[0], words[1], headers(in)));
    }

    static HttpRequest request(String method, String target, Map<String, List<String>> headers) throws IOException {
        try {
            return HttpRequest.of(method, target, headers);
        } catch (IllegalArgumentException badEscape) {
            throw new IOException("malformed request target", badEscape);
        }
    }

    static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < MAX_HEADERS; i++) {
            String line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                        .add(line.substring(colon + 1).trim());
            }
        }
        throw new IOException("too many headers");
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            if (line.size() > MAX_LINE_BYTES) {
                throw new IOException("line too long");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    void answer(int status, String type, byte[] body) throws IOException {
        head(status, Map.of("Content-Type", type, "Content-Length", Integer.toString(body.length)));
        out.write(body);
        out.flush();
    }

    void text(int status, String body) throws IOException {
        answer(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    void page(HealthServer.Page page) throws IOException {
        byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>(page.headers());
        headers.put("Content-Type", page.type());
        headers.put("Content-Length", Integer.toString(body.length));
        head(page.code(), headers);
        out.write(body);
        out.flush();
    }

    void json(Object body) throws IOException {
        answer(200, "application/json", Json.MAPPER.writeValueAsBytes(body));
    }

    /// Begins an answer of unknown length.
    ChunkedOutput stream(String type) throws IOException {
        head(200, Map.of("Content-Type", type, "Transfer-Encoding", "chunked"));
        out.flush();
        return new ChunkedOutput(out);
    }

    private void head(int status, Map<String, String> headers) throws IOException {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 " + status + " " + reason(status) + "\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            default -> "Internal Server Error";
        };
    }
}
