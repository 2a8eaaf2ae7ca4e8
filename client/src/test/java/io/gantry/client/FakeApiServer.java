package io.gantry.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A scripted API server on loopback: each request takes the next answer of its script, which the test wrote.
public final class FakeApiServer implements AutoCloseable {
    /// What to do with one request.
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FakeApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// Appends an answer to the script.
    public FakeApiServer then(Answer answer) {
        script.add(answer);
        return this;
    }

    public FakeApiServer thenJson(int code, String body) {
        return then(exchange -> json(exchange, code, body));
    }

    /// Sends these lines as a watch, then ends it in order.
    public FakeApiServer thenWatch(String... events) {
        return then(exchange -> {
            OutputStream out = startWatch(exchange);
            for (String event : events) {
                out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            exchange.close();
        });
    }

    public static OutputStream startWatch(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        return exchange.getResponseBody();
    }

    public static void json(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /// `METHOD path?query` of every request so far.
    public List<String> requests() {
        return requests;
    }

    public ApiClient client() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return ApiClient.connect(Kubeconfig.ofToken(uri, "", "secret"), "test");
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        Answer answer = script.poll();
        if (answer == null) {
            answer = e -> startWatch(e).write('\n');
        }
        try {
            answer.to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
