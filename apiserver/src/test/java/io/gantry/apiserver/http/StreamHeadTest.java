package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A watch that opens while the other watches of its connection send an event: its head comes before its first event.
@Timeout(30)
class StreamHeadTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("ca", Duration.ofDays(1));

    private static final int HEADERS = 1;

    private final CompletableFuture<ResponseStream> first = new CompletableFuture<>();
    private final CountDownLatch standing = new CountDownLatch(1);
    private final CountDownLatch eventCame = new CountDownLatch(1);

    private Answer serve(Request request) {
        if (request.head().path().equals("/first")) {
            return Answer.now(new Response.Streamed(200, Headers.NONE, stream -> {
                stream.write(Unpooled.wrappedBuffer(new byte[] {'x'}));
                first.complete(stream);
            }));
        }
        return Answer.later(this::openDuringAnEvent);
    }

    private Response openDuringAnEvent() {
        first.join().soon(() -> {
            standing.countDown();
            pass(eventCame);
        });
        pass(standing);
        return new Response.Streamed(200, Headers.NONE, stream -> {
            stream.soon(() -> stream.write(Unpooled.wrappedBuffer(new byte[] {'y'})));
            eventCame.countDown();
        });
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theHeadComesBeforeAnEventThatWasQuicker() throws Exception {
        Identity identity = AUTHORITY.issue(
                CertificateProfile.server("server", List.of("localhost"), List.of("127.0.0.1"), Duration.ofHours(1)));
        SSLContext trust = TlsContexts.client(List.of(AUTHORITY.identity().certificate()), Optional.empty(), List.of());
        try (HttpServer server = HttpServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.of(new ServerTls(identity.key(), List.of(identity.certificate()), List.of())),
                        this::serve);
                SSLSocket socket = (SSLSocket) trust.getSocketFactory()
                        .createSocket(
                                server.address().getAddress(), server.address().getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}); // settings, none
            get(out, 1, "/first");
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertEquals(HEADERS, firstFrame(in, 1));
            get(out, 3, "/second");
            assertEquals(HEADERS, firstFrame(in, 3));
        }
    }

    /// A HEADERS frame that ends its stream: method GET and scheme https of the static table, the path spelled out.
    private static void get(OutputStream out, int stream, String path) throws IOException {
        byte[] text = path.getBytes(StandardCharsets.US_ASCII);
        out.write(new byte[] {0, 0, (byte) (text.length + 4), HEADERS, 0x5, 0, 0, 0, (byte) stream});
        out.write(new byte[] {(byte) 0x82, (byte) 0x87, 0x04, (byte) text.length});
        out.write(text);
        out.flush();
    }

    /// The type of the first frame of a stream.
    private static int firstFrame(DataInputStream in, int stream) throws IOException {
        while (true) {
            int length = in.readInt();
            int type = length & 0xff;
            in.readByte();
            int of = in.readInt();
            in.skipNBytes(length >>> 8);
            if (of == stream) {
                return type;
            }
        }
    }
}
