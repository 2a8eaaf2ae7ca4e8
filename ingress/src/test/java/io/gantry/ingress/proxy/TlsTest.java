package io.gantry.ingress.proxy;

import static io.gantry.ingress.route.Objects.ingress;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import io.gantry.component.pki.TrustAll;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// TLS by name, and HTTP/2 of the JDK's client.
@Timeout(60)
final class TlsTest {
    private static final String OLD = "2026-01-01T00:00:00Z";

    private static Identity identity(String name) {
        return CertificateAuthority.create("ca", Duration.ofDays(1))
                .issue(CertificateProfile.server(name, List.of(name), List.of(), Duration.ofDays(1)));
    }

    private static SslContext server(String name) {
        Identity identity = identity(name);
        try {
            return SslContextBuilder.forServer(identity.key(), identity.certificate())
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            "h2",
                            "http/1.1"))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    private static TestProxy proxy(TestEndpoint endpoint) throws IOException {
        return new TestProxy(ingress("web", OLD, "", "localhost", "Prefix / web:80")).endpoints("web", endpoint.port());
    }

    private static HttpClient client() throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(trusting())
                .build();
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
    }

    @Test
    void theNameChoosesTheCertificate() throws Exception {
        SslContext a = server("a.test");
        SslContext other = server("other.test");
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = proxy(endpoint)) {
            int port = proxy.tls(name -> "a.test".equals(name) ? a : other);
            assertTrue(subject(port, "a.test").contains("CN=a.test"));
            assertTrue(subject(port, "b.test").contains("CN=other.test"));
        }
    }

    private static String subject(int port, String name) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void http1OverTls() throws Exception {
        SslContext context = server("localhost");
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = proxy(endpoint);
                SSLSocket socket = (SSLSocket) trusting()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), proxy.tls(name -> context));
                TestEndpoint.Wire wire = new TestEndpoint.Wire(socket)) {
            for (int i = 0; i < 3; i++) {
                wire.send("GET /" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                String head = wire.head();
                String body = wire.body(head).toLowerCase(Locale.ROOT);
                assertTrue(body.contains("x-forwarded-proto: https"), body);
            }
        }
    }

    @Test
    void http2WithBodiesBothWays() throws Exception {
        SslContext context = server("localhost");
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = proxy(endpoint);
                HttpClient client = client()) {
            int port = proxy.tls(name -> context);
            HttpResponse<String> get = client.send(request(port, "/x?y").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, get.version());
            String seen = get.body().toLowerCase(Locale.ROOT);
            assertTrue(seen.startsWith("get /x?y http/1.1\r\n"), seen);
            assertTrue(seen.contains("host: localhost:" + port) && !seen.contains("x-http2"), seen);

            String body = "y".repeat(1 << 20);
            HttpResponse<String> known = client.send(
                    request(port, "/")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertTrue(known.body().endsWith(body));
            HttpResponse<String> chunked = client.send(
                    request(port, "/")
                            .POST(HttpRequest.BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream("abc".getBytes())))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertTrue(chunked.body().contains("abc"), chunked.body());
            HttpResponse<Void> head = client.send(
                    request(port, "/")
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertEquals(200, head.statusCode());
            assertEquals("yes", head.headers().firstValue("x-kept").orElse(""));
            assertTrue(head.headers().firstValue("connection").isEmpty());
        }
    }

    @Test
    void manyStreamsAtOnceAndOwnAnswers() throws Exception {
        SslContext context = server("localhost");
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = proxy(endpoint);
                HttpClient client = client()) {
            int port = proxy.tls(name -> context);
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(client.sendAsync(request(port, "/" + i).build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (int i = 0; i < 100; i++) {
                assertTrue(all.get(i).get().body().startsWith("GET /" + i + " "));
            }
            proxy.endpoints("web");
            HttpResponse<String> none = client.send(
                    request(port, "/")
                            .POST(HttpRequest.BodyPublishers.ofString("x".repeat(300_000)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(503, none.statusCode());
            assertEquals(
                    503,
                    client.send(request(port, "/").build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode());
        }
    }

    @Test
    void aStreamWhoseClientDoesNotReadHoldsTheEndpoint() throws Exception {
        SslContext context = server("localhost");
        AtomicLong sent = new AtomicLong();
        CountDownLatch over = new CountDownLatch(1);
        byte[] block = new byte[64 * 1024];
        long length = 100L << 20;
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    if (wire.head().contains("/slow")) {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                        for (long i = 0; i < length / block.length; i++) {
                            wire.out().write(block);
                            sent.addAndGet(block.length);
                        }
                        over.countDown();
                    } else {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    }
                    wire.head();
                });
                TestProxy proxy = proxy(endpoint);
                HttpClient client = client()) {
            int port = proxy.tls(name -> context);
            HttpResponse<InputStream> slow =
                    client.send(request(port, "/slow").build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = slow.body()) {
                // Another stream of the same connection is not held up.
                assertEquals(
                        "ok",
                        client.send(request(port, "/fast").build(), HttpResponse.BodyHandlers.ofString())
                                .body());
                assertTrue(sent.get() < 64 << 20, sent.get() + " bytes taken for a stream that nobody reads");
                body.skipNBytes(length);
            }
            over.await();
        }
    }

    @Test
    void endpointsMaySpeakTls() throws Exception {
        Identity identity = identity("pod");
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(TlsContexts.keyManagers(identity.key(), List.of(identity.certificate())), null, null);
        try (SSLServerSocket socket = (SSLServerSocket)
                        tls.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
                TestProxy proxy = new TestProxy(ingress(
                                "web",
                                OLD,
                                "'nginx.ingress.kubernetes.io/backend-protocol':'HTTPS'",
                                "a.test",
                                "Prefix / web:80"))
                        .endpoints("web", socket.getLocalPort())
                        .listening()) {
            Thread.ofVirtual().start(() -> {
                try (TestEndpoint.Wire wire = new TestEndpoint.Wire(socket.accept())) {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
                    wire.head();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertTrue(proxy.ask("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").endsWith("secret"));
        }
    }
}
