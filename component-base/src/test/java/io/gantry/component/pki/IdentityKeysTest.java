package io.gantry.component.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityKeysTest {
    private static final Duration LIFE = Duration.ofHours(1);

    /// Both sides show their identities, in either version of the protocol.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothSidesShowTheirIdentity(String protocol) throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("ca", LIFE);
        SSLContext server = context(
                authority, authority.issue(CertificateProfile.server("server", List.of("localhost"), List.of(), LIFE)));
        SSLContext client =
                context(authority, authority.issue(CertificateProfile.client("anna", List.of("devs"), LIFE)));
        try (SSLServerSocket listener = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setNeedClientAuth(true);
            listener.setEnabledProtocols(new String[] {protocol});
            FutureTask<String> seen = started(() -> peerOf(listener));
            try (SSLSocket socket = (SSLSocket)
                    client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                assertEquals(
                        "x",
                        new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII));
                assertEquals("CN=server", name(socket));
            }
            assertEquals("CN=anna,O=devs", seen.get());
        }
    }

    @org.junit.jupiter.api.Test
    void anIdentityHasACertificate() throws Exception {
        var key = KeyPairs.ec().getPrivate();
        assertThrows(IllegalArgumentException.class, () -> new IdentityKeys(key, List.of()));
    }

    private static SSLContext context(CertificateAuthority authority, Identity identity) throws Exception {
        return TlsContexts.client(
                List.of(authority.identity().certificate()),
                Optional.of(identity.key()),
                List.of(identity.certificate()));
    }

    private static String peerOf(SSLServerSocket listener) throws IOException {
        try (SSLSocket accepted = (SSLSocket) listener.accept()) {
            accepted.startHandshake();
            String name = name(accepted);
            accepted.getOutputStream().write('x');
            return name;
        }
    }

    private static String name(SSLSocket socket) throws IOException {
        return new X500Principal(socket.getSession().getPeerPrincipal().getName()).getName();
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
