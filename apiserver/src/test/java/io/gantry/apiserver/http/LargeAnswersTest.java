package io.gantry.apiserver.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Answers of many slices arrive as they are, and are let go of when their client leaves.
class LargeAnswersTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("ca", Duration.ofDays(1));
    private static final int PARTS = 3_000;
    private static final int AT_ONCE = 3;

    private final byte[][] parts = parts();
    private final Queue<ByteBuf> bodies = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void severalAtOnceArriveWholeAndTheConnectionGoesOn(HttpClient.Version version) throws Exception {
        byte[] whole = Unpooled.copiedBuffer(parts).array();
        try (HttpServer server = serve();
                HttpClient client = client(version)) {
            for (int round = 0; round < 2; round++) {
                List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    answers.add(client.sendAsync(request(server, "/large"), HttpResponse.BodyHandlers.ofByteArray()));
                }
                for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
                    assertEquals(version, answer.get().version());
                    assertEquals(
                            whole.length,
                            answer.get()
                                    .headers()
                                    .firstValueAsLong("content-length")
                                    .orElseThrow());
                    assertArrayEquals(whole, answer.get().body());
                }
                HttpResponse<String> small =
                        client.send(request(server, "/small"), HttpResponse.BodyHandlers.ofString());
                assertEquals("ok", small.body());
            }
            await().until(() -> bodies.stream().allMatch(body -> body.refCnt() == 0));
        }
    }

    @Test
    void whoLeavesInTheMiddleLeavesNothing() throws Exception {
        try (HttpServer server = serve();
                HttpClient client = client(HttpClient.Version.HTTP_2)) {
            HttpResponse<InputStream> left =
                    client.send(request(server, "/large"), HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(parts[0][0], (byte) left.body().read());
            left.body().close();
            await().until(() -> bodies.stream().allMatch(body -> body.refCnt() == 0));
            assertEquals(
                    "ok",
                    client.send(request(server, "/small"), HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void compressedOnesArriveWholeTooAndAreLetGoOf(HttpClient.Version version) throws Exception {
        byte[] whole = Unpooled.copiedBuffer(parts).array();
        try (HttpServer server = serve();
                HttpClient client = client(version)) {
            HttpRequest compressed = HttpRequest.newBuilder(request(server, "/large"), (name, value) -> true)
                    .header("accept-encoding", "gzip")
                    .build();
            HttpResponse<byte[]> answer = client.send(compressed, HttpResponse.BodyHandlers.ofByteArray());
            assertEquals("gzip", answer.headers().firstValue("content-encoding").orElseThrow());
            try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                assertArrayEquals(whole, body.readAllBytes());
            }
            HttpResponse<InputStream> left = client.send(compressed, HttpResponse.BodyHandlers.ofInputStream());
            left.body().close();
            await().until(() -> bodies.stream().allMatch(body -> body.refCnt() == 0));
            assertEquals(
                    "ok",
                    client.send(request(server, "/small"), HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    private static byte[][] parts() {
        byte[][] parts = new byte[PARTS][1000];
        Random random = new Random(7);
        for (byte[] part : parts) {
            random.nextBytes(part);
        }
        return parts;
    }

    private HttpServer serve() throws Exception {
        Identity identity = AUTHORITY.issue(
                CertificateProfile.server("server", List.of("localhost"), List.of("127.0.0.1"), Duration.ofHours(1)));
        return HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(new ServerTls(identity.key(), List.of(identity.certificate()), List.of())),
                request -> Answer.now(
                        request.head().path().equals("/large")
                                ? large()
                                : Response.of(200, "text/plain", new byte[] {'o', 'k'})));
    }

    private Response large() {
        ByteBuf body = ChainedBytes.of(parts);
        bodies.add(body);
        return new Response.Whole(200, Headers.of("content-type", "application/octet-stream"), body);
    }

    private static HttpClient client(HttpClient.Version version) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(
                        TlsContexts.client(List.of(AUTHORITY.identity().certificate()), Optional.empty(), List.of()))
                .build();
    }

    private static HttpRequest request(HttpServer server, String path) {
        return HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                .build();
    }
}
