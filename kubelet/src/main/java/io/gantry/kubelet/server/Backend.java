package io.gantry.kubelet.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A connection to the runtime's streaming server, upgraded.
///
/// @param head the answer's first line and headers as they came
record Backend(Socket socket, InputStream in, OutputStream out, int status, List<String> statusLine, String head)
        implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /// Connects and asks to upgrade.
    ///
    /// @param headers by name; several values become several lines
    static Backend upgrade(URI target, String method, Map<String, List<String>> headers) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(target.getHost(), target.getPort()), (int) CONNECT.toMillis());
            socket.setTcpNoDelay(true);
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            StringBuilder request = new StringBuilder(method + " " + target.getRawPath() + query + " HTTP/1.1\r\n");
            request.append("Host: ").append(target.getAuthority()).append("\r\n");
            headers.forEach((name, values) -> values.forEach(
                    value -> request.append(name).append(": ").append(value).append("\r\n")));
            OutputStream out = socket.getOutputStream();
            out.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            return answered(socket, in, out);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /// Connects and asks for SPDY.
    ///
    /// @param protocol of its streams
    static Backend spdy(URI target, String protocol) throws IOException {
        Map<String, List<String>> headers = Map.of(
                "Connection",
                List.of("Upgrade"),
                "Upgrade",
                List.of("SPDY/3.1"),
                "X-Stream-Protocol-Version",
                List.of(protocol));
        return upgrade(target, "POST", headers);
    }

    private static Backend answered(Socket socket, InputStream in, OutputStream out) throws IOException {
        String first = HttpConnection.line(in);
        List<String> words = List.of(first.split(" ", 3));
        if (words.size() < 2) {
            throw new IOException("the runtime's streaming server closed the connection");
        }
        StringBuilder head = new StringBuilder(first).append("\r\n");
        HttpConnection.headers(in)
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n")));
        return new Backend(
                socket,
                in,
                out,
                Integer.parseInt(words.get(1)),
                words,
                head.append("\r\n").toString());
    }

    boolean upgraded() {
        return status == 101;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
