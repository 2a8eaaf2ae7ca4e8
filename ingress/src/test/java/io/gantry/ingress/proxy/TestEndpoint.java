package io.gantry.ingress.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server of a pod: a script for each connection, a virtual thread each.
final class TestEndpoint implements AutoCloseable {
    /// What it does with a connection.
    interface Script {
        void run(Wire wire) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Script script;

    TestEndpoint(Script script) throws IOException {
        this.socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    /// Answers each request with its head and body as text.
    static TestEndpoint echo() throws IOException {
        return new TestEndpoint(wire -> {
            while (true) {
                String head = wire.head();
                if (head.isEmpty()) {
                    return;
                }
                String body = wire.body(head);
                String text = head + body;
                boolean isHead = head.startsWith("HEAD ");
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: "
                        + text.getBytes(StandardCharsets.ISO_8859_1).length + "\r\nConnection: x-hop\r\n"
                        + "X-Hop: secret\r\nX-Kept: yes\r\n\r\n" + (isHead ? "" : text));
            }
        });
    }

    static TestEndpoint saying(String answer) throws IOException {
        return new TestEndpoint(wire -> {
            wire.body(wire.head());
            wire.send(answer);
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                open.add(connection);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            closeAll(); // the test is over
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            script.run(new Wire(connection));
        } catch (IOException | InterruptedException e) {
            open.remove(connection); // the proxy left, as some tests want it to
        }
    }

    private void closeAll() {
        open.forEach(connection -> {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        socket.close();
        closeAll();
    }

    /// HTTP/1.1 on a socket, as bytes.
    static final class Wire implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Wire(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
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

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /// Up to and with the empty line; what there was where the other side left before.
        String head() throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return text.toString();
                }
                text.append((char) next);
            }
            return text.toString();
        }

        /// By the head's length; of chunks also the lines between them.
        String body(String head) throws IOException {
            String lower = head.toLowerCase(Locale.ROOT);
            if (lower.contains("transfer-encoding: chunked")) {
                StringBuilder text = new StringBuilder();
                while (true) {
                    String size = line();
                    if (size.isEmpty()) { // it left
                        return text.toString();
                    }
                    text.append(size).append('\n');
                    int bytes = Integer.parseInt(size.strip(), 16);
                    if (bytes == 0) {
                        String trailer = line();
                        while (!trailer.isEmpty()) {
                            text.append(trailer).append('\n');
                            trailer = line();
                        }
                        return text.toString();
                    }
                    text.append(exactly(bytes)).append('\n');
                    line();
                }
            }
            int at = lower.indexOf("content-length: ");
            if (at < 0) {
                return "";
            }
            return exactly(Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at))));
        }

        String exactly(int bytes) throws IOException {
            return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }

        String line() throws IOException {
            StringBuilder text = new StringBuilder();
            int next = in.read();
            while (next >= 0 && next != '\n') {
                if (next != '\r') {
                    text.append((char) next);
                }
                next = in.read();
            }
            return text.toString();
        }

        /// All until the other side leaves.
        String rest() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
