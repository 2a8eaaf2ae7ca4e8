package io.gantry.ingress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes HTTP/1.1 requests on to the endpoints that a [RouteTable] names; each request is one virtual thread.
///
/// TLS, WebSocket and rewriting of paths are not served: WebSocket is answered with 501, other upgrades are ignored.
final class HttpProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpProxy.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);
    private static final int BACKLOG = 1024;

    /// Headers of one connection, which are not passed on, and those that the client library sets itself.
    private static final Set<String> NOT_PASSED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "content-length",
            "host",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto");

    private final Supplier<RouteTable> table;
    private final RandomGenerator random;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private HttpProxy(Supplier<RouteTable> table, RandomGenerator random, HttpServer server) {
        this.table = table;
        this.random = random;
        this.server = server;
    }

    /// Binds and serves. The system property `jdk.httpclient.allowRestrictedHeaders` must hold `host`.
    ///
    /// @param random chooses among endpoints; must be safe for use by several threads
    /// @throws IOException when the address cannot be bound
    static HttpProxy start(InetSocketAddress address, Supplier<RouteTable> table, RandomGenerator random)
            throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        HttpProxy proxy = new HttpProxy(table, random, server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", proxy::handle);
        server.start();
        return proxy;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                    .orElse("");
            String name = host.replaceFirst(":\\d+$", "");
            Optional<Route> route =
                    table.get().find(name, exchange.getRequestURI().getRawPath());
            if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
                answer(exchange, 501, "WebSocket is not served\n");
            } else if (route.isEmpty()) {
                answer(exchange, 404, "default backend - 404\n");
            } else if (route.get().backends().isEmpty()) {
                answer(exchange, 503, "no endpoint is ready\n");
            } else {
                pass(exchange, host, route.get().backends());
            }
        }
    }

    private void pass(HttpExchange exchange, String host, List<String> backends) throws IOException {
        String backend = backends.get(random.nextInt(backends.size()));
        HttpResponse<InputStream> response;
        try {
            response = client.send(request(exchange, host, backend), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            LOG.debug("{} did not answer: {}", backend, e.toString());
            answer(exchange, 502, "the endpoint did not answer\n");
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        response.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        boolean bodiless = exchange.getRequestMethod().equals("HEAD")
                || response.statusCode() == 204
                || response.statusCode() == 304;
        try (InputStream body = response.body()) {
            exchange.sendResponseHeaders(response.statusCode(), bodiless ? -1 : length(response));
            if (!bodiless) {
                body.transferTo(exchange.getResponseBody());
            }
        }
    }

    /// As `sendResponseHeaders` wants it: 0 for an unknown length, -1 for none.
    private static long length(HttpResponse<?> response) {
        long length = response.headers().firstValueAsLong("content-length").orElse(0);
        return length == 0 && response.headers().firstValue("content-length").isPresent() ? -1 : length;
    }

    private static HttpRequest request(HttpExchange exchange, String host, String backend) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://" + backend + exchange.getRequestURI().toString()))
                .timeout(RESPONSE_TIMEOUT)
                .method(exchange.getRequestMethod(), body(exchange));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        String client = exchange.getRemoteAddress().getAddress().getHostAddress();
        request.setHeader("X-Forwarded-For", client);
        request.setHeader("X-Real-IP", client);
        request.setHeader("X-Forwarded-Proto", "http");
        if (!host.isEmpty()) {
            request.setHeader("Host", host);
            request.setHeader("X-Forwarded-Host", host);
        }
        return request.build();
    }

    private static HttpRequest.BodyPublisher body(HttpExchange exchange) {
        boolean present = exchange.getRequestHeaders().containsKey("Content-Length")
                || exchange.getRequestHeaders().containsKey("Transfer-Encoding");
        return present
                ? HttpRequest.BodyPublishers.ofInputStream(exchange::getRequestBody)
                : HttpRequest.BodyPublishers.noBody();
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(code, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
