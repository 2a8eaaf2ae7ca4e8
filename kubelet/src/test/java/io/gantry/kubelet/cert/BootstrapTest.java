package io.gantry.kubelet.cert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gantry.client.Kubeconfig;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BootstrapTest {
    private static final String UNKNOWN = "aaaaaa.0000000000000000";
    private static final String KNOWN = "bbbbbb.1111111111111111";

    @TempDir
    private Path directory;

    private final CountDownLatch refused = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /// A token that was never registered (`up` was broken off and ran again) is replaced in the file.
    @Test
    void aTokenThatIsReplacedIsUsed() throws Exception {
        Path first = directory.resolve("bootstrap.kubeconfig");
        Files.writeString(first, withToken(UNKNOWN));
        Path own = directory.resolve("kubelet.kubeconfig");
        Bootstrap bootstrap = new Bootstrap(own, Optional.of(first), directory.resolve("pki"), "n1", Clock.systemUTC());
        FutureTask<Kubeconfig> made = new FutureTask<>(() -> bootstrap.kubeconfig(new CountDownLatch(1)));
        Thread.ofVirtual().start(made);
        assertTrue(refused.await(20, TimeUnit.SECONDS));
        Files.writeString(first, withToken(KNOWN));
        assertEquals("127.0.0.1", made.get(20, TimeUnit.SECONDS).server().getHost());
        assertTrue(Files.exists(own));
    }

    private String withToken(String token) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Config\",\"current-context\":\"c\",\"contexts\":[{\"name\":\"c\","
                + "\"context\":{\"cluster\":\"c\",\"user\":\"u\"}}],\"clusters\":[{\"name\":\"c\",\"cluster\":{\"server\":"
                + "\"http://127.0.0.1:" + server.getAddress().getPort() + "\"}}],\"users\":[{\"name\":\"u\",\"user\":"
                + "{\"token\":\"" + token + "\"}}]}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (!("Bearer " + KNOWN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            refused.countDown();
            send(exchange, 401, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":401,\"reason\":\"Unauthorized\"}");
        } else if (exchange.getRequestMethod().equals("POST")) {
            send(exchange, 201, request(""));
        } else {
            send(
                    exchange,
                    200,
                    request(Base64.getEncoder().encodeToString(certificate().getBytes(UTF_8))));
        }
    }

    private static String certificate() {
        CertificateAuthority authority = CertificateAuthority.create("ca", Duration.ofHours(1));
        return authority
                .issue(CertificateProfile.client("system:node:n1", List.of("system:nodes"), Duration.ofHours(1)))
                .certificatePem();
    }

    private static String request(String certificate) {
        return "{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"certificates.k8s.io/v1\",\"metadata\":{\"name\":"
                + "\"csr-1\"},\"spec\":{\"request\":\"\",\"signerName\":\"s\"},\"status\":{\"certificate\":\""
                + certificate + "\"}}";
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(code, body.length());
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }
}
