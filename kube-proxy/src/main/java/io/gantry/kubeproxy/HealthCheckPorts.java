package io.gantry.kubeproxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gantry.kubeproxy.service.LocalHealth;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers load balancers on health check node ports, one listener a port. One owner thread; the answers are read by
/// the listeners' threads.
final class HealthCheckPorts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthCheckPorts.class);

    private final Map<Integer, HttpServer> listeners = new HashMap<>();
    private volatile Map<Integer, LocalHealth> answers = Map.of();

    /// Opens and closes listeners so that there is one for each port.
    void apply(Map<Integer, LocalHealth> wanted) {
        answers = Map.copyOf(wanted);
        for (Map.Entry<Integer, HttpServer> listener : List.copyOf(listeners.entrySet())) {
            if (!wanted.containsKey(listener.getKey())) {
                listener.getValue().stop(0);
                listeners.remove(listener.getKey());
            }
        }
        for (int port : wanted.keySet()) {
            if (!listeners.containsKey(port)) {
                open(port);
            }
        }
    }

    private void open(int port) {
        try {
            HttpServer listener = HttpServer.create(new InetSocketAddress(port), 0);
            listener.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            listener.createContext("/", exchange -> answer(exchange, port));
            listener.start();
            listeners.put(port, listener);
        } catch (IOException failure) {
            LOG.warn("health check node port {} cannot be opened: {}", port, failure.getMessage());
        }
    }

    private void answer(HttpExchange exchange, int port) throws IOException {
        try (exchange) {
            LocalHealth health = answers.get(port);
            if (health == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = health.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders()
                    .add("X-Load-Balancing-Endpoint-Weight", Integer.toString(health.localEndpoints()));
            exchange.sendResponseHeaders(health.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        apply(Map.of());
    }
}
