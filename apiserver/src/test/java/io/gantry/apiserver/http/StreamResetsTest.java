package io.gantry.apiserver.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/// Clients that break off many streams of one connection: the others go on, and nothing is left of the broken ones.
class StreamResetsTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("ca", Duration.ofDays(1));
    private static final int WATCHES = 600;

    private static HttpServer serve(AtomicInteger open) throws Exception {
        Identity identity = AUTHORITY.issue(
                CertificateProfile.server("server", List.of("localhost"), List.of("127.0.0.1"), Duration.ofHours(1)));
        return HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(new ServerTls(identity.key(), List.of(identity.certificate()), List.of())),
                request -> Answer.now(new Response.Streamed(200, Headers.NONE, stream -> {
                    open.incrementAndGet();
                    stream.onClosed(open::decrementAndGet);
                    stream.write(Unpooled.wrappedBuffer(new byte[] {'x'}));
                })));
    }

    @Test
    void aWatchOutlivesHundredsOfBrokenOnes() throws Exception {
        AtomicInteger open = new AtomicInteger();
        SSLContext trust = TlsContexts.client(List.of(AUTHORITY.identity().certificate()), Optional.empty(), List.of());
        try (HttpServer server = serve(open);
                HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + server.address().getPort() + "/watch"))
                    .build();
            HttpResponse<InputStream> kept = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(HttpClient.Version.HTTP_2, kept.version());
            for (int i = 0; i < WATCHES; i++) {
                HttpResponse<InputStream> broken = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                assertEquals('x', broken.body().read());
                broken.body().close();
            }
            await().until(() -> open.get() == 1);
            assertEquals('x', kept.body().read());
            assertEquals(0, kept.body().available());
            assertFalse(client.isTerminated());
            kept.body().close();
            await().until(() -> open.get() == 0);
        }
    }
}
