package io.gantry.apiserver;

import io.gantry.apiserver.outgoing.ServerBehindTls;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.SSLContext;

/// A kubelet that takes only the API server's certificate: logs (and all else, unless the test says so) are
/// `line 1`, and whoever leaves HTTP gets the bytes back.
final class FakeKubelet implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);

    private final CertificateAuthority authority = CertificateAuthority.create("test", LIFE);
    private final ServerBehindTls server;
    final BlockingQueue<String> heads;
    volatile String body = "line 1\n";

    FakeKubelet() throws IOException, GeneralSecurityException {
        Identity serving = authority.issue(new CertificateProfile(
                "node",
                List.of(),
                List.of(),
                List.of("127.0.0.1"),
                List.of(CertificateProfile.Usage.SERVER_AUTH),
                LIFE));
        server = new ServerBehindTls(serving, authority, this::answer);
        heads = server.heads();
    }

    int port() {
        return server.port();
    }

    /// What the API server needs to reach it.
    SSLContext client() throws GeneralSecurityException {
        Identity client = authority.issue(new CertificateProfile(
                "apiserver",
                List.of("system:masters"),
                List.of(),
                List.of(),
                List.of(CertificateProfile.Usage.CLIENT_AUTH),
                LIFE));
        return TlsContexts.client(
                List.of(authority.identity().certificate()), Optional.of(client.key()), List.of(client.certificate()));
    }

    private void answer(String head, InputStream in, OutputStream out) throws IOException {
        boolean upgrade = head.contains("Upgrade: ");
        String answer = upgrade
                ? "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        if (upgrade) {
            in.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
