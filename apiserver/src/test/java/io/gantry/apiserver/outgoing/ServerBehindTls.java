package io.gantry.apiserver.outgoing;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// What an API server connects to: it takes one request a connection, of those only who show a certificate of an
/// authority, and keeps the heads of all requests.
public final class ServerBehindTls implements AutoCloseable {
    /// How it answers; reads on where the request has more than a head.
    public interface Answerer {
        void answer(String head, InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket socket;
    private final Answerer answerer;
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    /// @param serving as whom it shows itself
    /// @param clients whose certificates it takes
    public ServerBehindTls(Identity serving, CertificateAuthority clients, Answerer answerer)
            throws IOException, GeneralSecurityException {
        this.answerer = answerer;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                TlsContexts.keyManagers(serving.key(), List.of(serving.certificate())),
                TlsContexts.trustManagers(List.of(clients.identity().certificate())),
                null);
        SSLServerSocket secure =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50);
        secure.setNeedClientAuth(true);
        this.socket = secure;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// The heads of requests as they come, and a word for each connection that failed.
    public BlockingQueue<String> heads() {
        return heads;
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
            answerer.answer(head.toString(), in, connection.getOutputStream());
        } catch (IOException e) {
            heads.add("failed: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
