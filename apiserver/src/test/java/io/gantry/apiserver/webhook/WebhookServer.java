package io.gantry.apiserver.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gantry.api.Json;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/// A webhook on loopback with TLS, made for `hook.default.svc` and 127.0.0.1. What it was asked is kept in order.
public final class WebhookServer implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);

    /// What came in.
    public record Asked(URI uri, ObjectNode body) {}

    private final CertificateAuthority authority = CertificateAuthority.create("hooks", LIFE);
    private final HttpsServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    public final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    public WebhookServer() throws IOException, GeneralSecurityException {
        Identity serving = authority.issue(
                CertificateProfile.server("hook", List.of("hook.default.svc"), List.of("127.0.0.1"), LIFE));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(TlsContexts.keyManagers(serving.key(), List.of(serving.certificate())), null, null);
        server = HttpsServer.create(new InetSocketAddress(0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /// Answers JSON on a path.
    public WebhookServer on(String path, Function<ObjectNode, ObjectNode> answer) {
        server.createContext(path, exchange -> {
            ObjectNode body =
                    (ObjectNode) Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
            asked.add(new Asked(exchange.getRequestURI(), body));
            send(exchange, 200, Json.MAPPER.writeValueAsBytes(answer.apply(body)));
        });
        return this;
    }

    /// Answers anything on a path.
    public WebhookServer on(String path, int status, String body) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        });
        return this;
    }

    /// Never answers on a path, until it is closed.
    public WebhookServer silentOn(String path) {
        server.createContext(path, exchange -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        return this;
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// The `caBundle` of a webhook configuration.
    public String caBundle() {
        return Base64.getEncoder()
                .encodeToString(authority.identity().certificatePem().getBytes(StandardCharsets.US_ASCII));
    }

    /// A `clientConfig` with a URL.
    public String clientConfig(String path) {
        return "{\"url\":\"https://127.0.0.1:" + port() + path + "\",\"caBundle\":\"" + caBundle() + "\"}";
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
