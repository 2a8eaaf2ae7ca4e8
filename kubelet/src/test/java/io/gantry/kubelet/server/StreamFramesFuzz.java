package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes a runtime or a client sends on a stream: it ends with data, a refusal or the end, never otherwise.
/// The first byte says which decoder: SPDY frames, WebSocket frames, the head of a request. Jazzer spends a few seconds
/// of CI here, and leaves what it finds in a file `crash-…` in the module.
class StreamFramesFuzz {
    private static final int SPDY = 0;
    private static final int WEB_SOCKET = 1;
    private static final int HEAD = 2;
    private static final int DECODERS = 3;

    static Stream<byte[]> seeds() throws IOException {
        byte[] masked = {(byte) 0x82, (byte) 0x83, 0, 0, 0, 0, 1, 'a', 'b'};
        byte[] pieces = {2, (byte) 0x81, 1, 2, 3, 4, 1, (byte) 0x80, (byte) 0x81, 0, 0, 0, 0, 'x'};
        byte[] large = {(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 0x7f, 0, 0, 0, 0, 0, 0, 0};
        return Stream.of(
                seed(SPDY, spdyFrames()),
                seed(SPDY, new byte[] {(byte) 0x80, 3, 0, 3, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 5}),
                seed(SPDY, new byte[] {(byte) 0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1}),
                seed(SPDY, new byte[] {(byte) 0x80, 3, 0, 7, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0}),
                seed(SPDY, new byte[] {0, 0, 0, 1, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff}),
                seed(WEB_SOCKET, masked),
                seed(WEB_SOCKET, pieces),
                seed(WEB_SOCKET, large),
                seed(WEB_SOCKET, new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0}),
                seed(
                        HEAD,
                        "GET /exec/a/b/c?command=ls&output=1 HTTP/1.1\r\nUpgrade: SPDY/3.1\r\nX-A:b\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1)),
                seed(HEAD, "\r\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// A stream with headers and data, as we write them ourselves.
    private static byte[] spdyFrames() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SpdyClient client = new SpdyClient(InputStream.nullInputStream(), out)) {
            int stream = client.open(Map.of("streamtype", "stdin"));
            client.write(stream, new byte[] {'a', 'b'}, false);
            client.write(stream, new byte[0], true);
        }
        return out.toByteArray();
    }

    private static byte[] seed(int decoder, byte[] bytes) {
        return ByteBuffer.allocate(bytes.length + 1)
                .put((byte) decoder)
                .put(bytes)
                .array();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s", maxExecutions = 150_000)
    void streamFrames(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        InputStream in = new ByteArrayInputStream(bytes, 1, bytes.length - 1);
        try {
            switch (Byte.toUnsignedInt(bytes[0]) % DECODERS) {
                case SPDY -> spdy(in, bytes.length);
                case WEB_SOCKET -> webSocket(in, bytes.length);
                default -> head(in);
            }
        } catch (IOException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank());
        }
    }

    private static void spdy(InputStream in, int size) throws IOException {
        int total = 0;
        try (SpdyClient client = new SpdyClient(in, OutputStream.nullOutputStream())) {
            for (Optional<SpdyClient.Data> next = client.read(); next.isPresent(); next = client.read()) {
                total += next.get().bytes().length;
            }
        }
        assertTrue(total <= size, "no more data than arrived");
    }

    private static void webSocket(InputStream in, int size) throws IOException {
        WebSocket socket = new WebSocket(in, OutputStream.nullOutputStream());
        int total = 0;
        for (Optional<WebSocket.Part> next = socket.read(); next.isPresent(); next = socket.read()) {
            total += next.get().bytes().length;
        }
        assertTrue(total <= size, "no more data than arrived");
    }

    private static void head(InputStream in) throws IOException {
        String line = HttpConnection.line(in);
        Map<String, List<String>> headers = HttpConnection.headers(in);
        HttpRequest request = HttpConnection.request("GET", line, headers);
        assertTrue(request.headerList("upgrade").size()
                <= line.length() + headers.toString().length());
    }
}
