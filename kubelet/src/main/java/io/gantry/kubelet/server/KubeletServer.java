package io.gantry.kubelet.server;

import io.gantry.component.pki.TlsContexts;
import io.gantry.kubelet.cert.CertificateFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kubelet's HTTPS port. Each connection is a virtual thread with blocking code; almost all of them become byte
/// streams between a client and the runtime. Clients show a certificate of the cluster's authority.
public final class KubeletServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubeletServer.class);
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);
    private static final int BACKLOG = 128;

    private final Routes routes;
    private final List<X509Certificate> clientAuthorities;
    private volatile Optional<SSLContext> tls = Optional.empty();
    private final InetSocketAddress address;
    private volatile Optional<ServerSocket> listening = Optional.empty();
    private volatile boolean closed;

    /// @param clientAuthorities who signs clients' certificates; with none, nobody is let in
    public KubeletServer(InetSocketAddress address, List<X509Certificate> clientAuthorities, Routes routes) {
        this.address = address;
        this.clientAuthorities = List.copyOf(clientAuthorities);
        this.routes = routes;
    }

    /// Shows this certificate from now on; the first one opens the port.
    public synchronized void use(CertificateFile.Pair pair) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    TlsContexts.keyManagers(pair.key(), pair.chain()),
                    TlsContexts.trustManagers(clientAuthorities),
                    null);
            tls = Optional.of(context);
            if (listening.isEmpty() && !closed) {
                listen();
            }
        } catch (GeneralSecurityException | IOException failure) {
            LOG.error("cannot serve on {}: {}", address, failure.getMessage());
        }
    }

    private void listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, BACKLOG);
        listening = Optional.of(socket);
        Thread.ofVirtual().name("kubelet-server").start(() -> accept(socket));
        LOG.info("serving on {}", socket.getLocalSocketAddress());
    }

    private void accept(ServerSocket server) {
        while (!closed) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().name("kubelet-request").start(() -> serve(socket));
            } catch (IOException failure) {
                if (!closed) {
                    LOG.warn("accept: {}", failure.getMessage());
                }
            }
        }
    }

    private void serve(Socket plain) {
        SSLContext context = tls.orElseThrow();
        try (plain;
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
            socket.setUseClientMode(false);
            socket.setWantClientAuth(true);
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) HEAD_TIMEOUT.toMillis());
            socket.startHandshake();
            HttpConnection connection = new HttpConnection(socket);
            Optional<HttpRequest> request = connection.read();
            plain.setSoTimeout(0);
            if (request.isPresent()) {
                routes.serve(request.get(), Client.of(socket.getSession()), connection);
            }
        } catch (SSLException failure) {
            LOG.debug("TLS: {}", failure.getMessage());
        } catch (IOException failure) {
            LOG.debug("connection: {}", failure.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("a request broke", bug);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        listening.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException failure) {
                LOG.debug("closing", failure);
            }
        });
    }
}
