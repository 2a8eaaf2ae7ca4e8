package io.gantry.component;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `/healthz`, `/livez`, `/readyz` and `/metrics` of a process over plain HTTP, meant for loopback.
public final class HealthServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int BACKLOG = 16;
    private static final int BUFFER_CHARS = 32 * 1024;

    private final HttpServer server;
    private final Set<String> paths = new HashSet<>(List.of("/healthz", "/livez", "/readyz", "/metrics"));

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /// Starts serving.
    ///
    /// @param address `HOST:PORT`
    /// @throws IOException naming the address when it cannot be bound
    public static HealthServer start(String address, List<HealthCheck> checks, Metrics metrics) throws IOException {
        int colon = address.lastIndexOf(':');
        InetSocketAddress socket =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        HttpServer server;
        try {
            server = HttpServer.create(socket, BACKLOG);
        } catch (IOException e) {
            throw new IOException("health address " + address + ": " + e.getMessage(), e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        for (String endpoint : List.of("healthz", "livez", "readyz")) {
            server.createContext("/" + endpoint, exchange -> health(exchange, endpoint, checks));
        }
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.scrape()));
        server.start();
        return new HealthServer(server);
    }

    /// One more page, or another one for a path that has one.
    public HealthServer serve(String path, Supplier<Page> page) {
        return negotiate(path, accept -> page.get());
    }

    /// One more page, or another one for a path that has one.
    ///
    /// @param page of the request's Accept header, empty where there is none
    public synchronized HealthServer negotiate(String path, Function<String, Page> page) {
        if (!paths.add(path)) {
            server.removeContext(path);
        }
        server.createContext(path, exchange -> {
            String accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of()).stream()
                    .collect(Collectors.joining(","));
            Page answer = page.apply(accept);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            answer(exchange, answer.code(), answer.type(), answer.text());
        });
        return this;
    }

    /// A text that is sent while it is written.
    public interface Streamed {
        /// Writes all of it.
        ///
        /// @throws IOException when `out` takes no more
        void write(Appendable out) throws IOException;
    }

    /// One more page of metrics, which may be too long to be held.
    public synchronized HealthServer stream(String path, Streamed page) {
        paths.add(path);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", METRICS);
            exchange.sendResponseHeaders(200, 0);
            try (Writer out = new BufferedWriter(
                    new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8), BUFFER_CHARS)) {
                page.write(out);
            }
        });
        return this;
    }

    /// What is served.
    public synchronized SortedSet<String> paths() {
        return new TreeSet<>(paths);
    }

    /// An answer.
    ///
    /// @param type its media type
    /// @param headers beside that
    public record Page(int code, String type, String text, Map<String, String> headers) {
        public Page {
            headers = Map.copyOf(headers);
        }

        public Page(int code, String type, String text) {
            this(code, type, text, Map.of());
        }

        /// Plain text.
        public static Page text(String text) {
            return new Page(200, TEXT, text);
        }
    }

    /// The port, where the address asked for any (0).
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void health(HttpExchange exchange, String endpoint, List<HealthCheck> checks) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        HealthReport report = HealthReport.of(endpoint, checks, query != null && query.contains("verbose"));
        answer(exchange, report.healthy() ? 200 : 500, report.text());
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        answer(exchange, code, TEXT, text);
    }

    private static void answer(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
