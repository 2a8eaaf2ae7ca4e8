package io.gantry.client.http2;

import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.tls.ClientTls;
import io.gantry.client.tls.Credential;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server whose frames the test writes itself: each connection runs the next script.
final class FramedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FramedServer.class);
    private static final Duration LIFE = Duration.ofDays(1);

    /// What happens on one connection.
    @FunctionalInterface
    interface Script {
        void run(Wire wire) throws IOException;
    }

    /// One frame as it came.
    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean endsStream() {
            return (flags & Frames.END_STREAM) != 0;
        }
    }

    /// The server's end of one connection.
    static final class Wire {
        private final DataInputStream in;
        private final DataOutputStream out;

        Wire(SSLSocket socket) throws IOException {
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        /// Reads the preface, and answers it with settings (pairs of name and value).
        void begin(int... settings) throws IOException {
            in.skipNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(payload);
            for (int i = 0; i < settings.length; i += 2) {
                fields.writeShort(settings[i]);
                fields.writeInt(settings[i + 1]);
            }
            send(Frames.SETTINGS, 0, 0, payload.toByteArray());
        }

        Frame next() throws IOException {
            int head = in.readInt();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(head >>> 8);
            return new Frame(head & 0xff, flags, stream, payload);
        }

        Frame next(int type) throws IOException {
            Frame frame = next();
            while (frame.type() != type) {
                frame = next();
            }
            return frame;
        }

        /// A byte outside of any frame; negative at the end.
        int read() throws IOException {
            return in.read();
        }

        void write(String text) throws IOException {
            out.writeBytes(text);
            out.flush();
        }

        void send(int type, int flags, int stream, byte[] payload) throws IOException {
            out.writeInt(payload.length << 8 | type);
            out.writeByte(flags);
            out.writeInt(stream);
            out.write(payload);
            out.flush();
        }

        void number(int type, int stream, int value) throws IOException {
            send(type, 0, stream, bytes(value));
        }

        void goAway(int last) throws IOException {
            send(Frames.GOAWAY, 0, 0, new byte[] {
                (byte) (last >> 24), (byte) (last >> 16), (byte) (last >> 8), (byte) last, 0, 0, 0, 0
            });
        }

        /// A status and one field that is not remembered.
        void head(int stream, int status, String name, String value, boolean end) throws IOException {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.write(8);
            text(block, Integer.toString(status));
            block.write(0);
            text(block, name);
            text(block, value);
            send(Frames.HEADERS, Frames.END_HEADERS | (end ? Frames.END_STREAM : 0), stream, block.toByteArray());
        }

        void answer(int stream, int status, String body) throws IOException {
            head(stream, status, "content-type", "application/json", false);
            send(Frames.DATA, Frames.END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
        }

        private static void text(ByteArrayOutputStream block, String text) {
            block.write(text.length());
            block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        private static byte[] bytes(int value) {
            return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
        }
    }

    private final SSLServerSocket server;
    private final CertificateAuthority authority = CertificateAuthority.create("test-ca", LIFE);
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<SSLSocket> sockets = Collections.synchronizedList(new ArrayList<>());

    FramedServer() {
        this("h2");
    }

    /// @param protocol what it speaks
    FramedServer(String protocol) {
        try {
            Identity serving = authority.issue(
                    CertificateProfile.server("server", List.of("localhost"), List.of("127.0.0.1"), LIFE));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(TlsContexts.keyManagers(serving.key(), List.of(serving.certificate())), null, null);
            server = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
            SSLParameters parameters = server.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            server.setSSLParameters(parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    FramedServer then(Script script) {
        scripts.add(script);
        return this;
    }

    ApiClient client() {
        return client(authority);
    }

    /// A link without a client around it.
    Http2Link link(Patience patience) throws GeneralSecurityException {
        URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort());
        ClientTls tls = ClientTls.of(
                Credential.inline(authority.identity().certificatePem()),
                Credential.absent(),
                Credential.absent(),
                false);
        return new Http2Link(new Opening(uri, tls, new io.gantry.client.http.Identity("test", ""), patience), () -> {
            throw new IllegalStateException("there is HTTP/2");
        });
    }

    /// @param trusted who must have signed the server's certificate
    ApiClient client(CertificateAuthority trusted) {
        URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort());
        return ApiClient.connect(Kubeconfig.ofToken(uri, trusted.identity().certificatePem(), "secret"), "test");
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Script script = scripts.remove();
                Thread.ofVirtual().start(() -> serve(socket, script));
            }
        } catch (IOException e) {
            scripts.clear();
        }
    }

    /// A client that goes away ends the script.
    private static void serve(SSLSocket socket, Script script) {
        try (socket) {
            script.run(new Wire(socket));
        } catch (IOException e) {
            LOG.debug("the client went away: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
