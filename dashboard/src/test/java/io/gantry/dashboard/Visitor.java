package io.gantry.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a browser sends to a dashboard, byte by byte, so that tests can send what a browser would not.
final class Visitor implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private final Dashboard dashboard;
    private final String cookie;

    record Seen(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private Visitor(Dashboard dashboard, String cookie) {
        this.dashboard = dashboard;
        this.cookie = cookie;
    }

    static Visitor stranger(Dashboard dashboard) {
        return new Visitor(dashboard, "");
    }

    /// One who opened the printed address.
    static Visitor invited(Dashboard dashboard) throws IOException {
        URI url = URI.create(dashboard.url());
        Seen seen = stranger(dashboard).get(url.getRawPath() + "?" + url.getRawQuery());
        return new Visitor(dashboard, seen.header("set-cookie").replaceFirst(";.*", ""));
    }

    String host() {
        return "127.0.0.1:" + dashboard.port();
    }

    String origin() {
        return "http://" + host();
    }

    Seen get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + cookieLine() + "\r\n");
    }

    Seen getTable(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + cookieLine()
                + "Accept: application/json;as=Table;v=v1;g=meta.k8s.io\r\n\r\n");
    }

    Seen post(String target, String origin, String json) throws IOException {
        return send("POST " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + cookieLine()
                + (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n")
                + "Content-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    String cookieLine() {
        return cookie.isEmpty() ? "" : "Cookie: other=1; " + cookie + "\r\n";
    }

    /// Sends bytes as they are and reads the answer to its end.
    Seen send(String request) throws IOException {
        try (Socket socket = connect(request)) {
            InputStream in = socket.getInputStream();
            String head = Head.read(in, 1 << 20).orElseThrow();
            Matcher status = Pattern.compile("HTTP/1.1 (\\d+)").matcher(head);
            Map<String, String> headers = new TreeMap<>();
            head.lines()
                    .skip(1)
                    .forEach(line -> headers.put(
                            line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                            line.substring(line.indexOf(':') + 1).strip()));
            String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Seen(status.find() ? Integer.parseInt(status.group(1)) : 0, headers, whole(headers, body));
        }
    }

    Socket connect(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", dashboard.port());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String whole(Map<String, String> headers, String body) {
        return headers.containsKey("transfer-encoding")
                ? body.replaceAll("(?:^|\r\n)[0-9a-f]+\r\n", "").strip()
                : body;
    }

    /// Opens a WebSocket as the page does.
    WebSocket open(String target, WebSocket.Listener listener, String... protocols) {
        WebSocket.Builder builder =
                client.newWebSocketBuilder().header("Cookie", cookie).header("Origin", origin());
        if (protocols.length > 0) {
            String[] others = Arrays.copyOfRange(protocols, 1, protocols.length);
            builder.subprotocols(protocols[0], others);
        }
        return builder.buildAsync(URI.create("ws://" + host() + target), listener)
                .join();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
