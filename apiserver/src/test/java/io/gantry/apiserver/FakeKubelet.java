package io.gantry.apiserver;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A kubelet on loopback that takes only the API server's certificate: logs (and all else, unless the test says so) are
/// `line 1`, and whoever leaves HTTP gets the bytes back.
final class FakeKubelet implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);

    private final CertificateAuthority authority = CertificateAuthority.create("test", LIFE);
    private final SSLServerSocket socket;
    final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    volatile String body = "line 1\n";

    FakeKubelet() throws IOException, GeneralSecurityException {
        Identity serving = authority.issue(new CertificateProfile(
                "node",
                List.of(),
                List.of(),
                List.of("127.0.0.1"),
                List.of(CertificateProfile.Usage.SERVER_AUTH),
                LIFE));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                TlsContexts.keyManagers(serving.key(), List.of(serving.certificate())),
                TlsContexts.trustManagers(List.of(authority.identity().certificate())),
                null);
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
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

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                heads.add("closed: " + e.getMessage());
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            heads.add(head.toString());
            boolean upgrade = head.toString().contains("Upgrade: ");
            String answer = upgrade
                    ? "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body;
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            if (upgrade) {
                in.transferTo(connection.getOutputStream());
            }
        } catch (IOException e) {
            heads.add("failed: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
