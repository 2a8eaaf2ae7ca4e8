package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients send on a WebSocket, well and badly made.
@Timeout(60)
class WebSocketTest {
    private static final int FIN = 0x80;
    private static final int ROUNDS = 500;

    /// What the server made of a client's bytes: the messages, and the frame that it answered with at the end.
    record Outcome(List<byte[]> messages, boolean refused, byte[] answer) {}

    private static Outcome outcome(byte[] sent) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listening.getInetAddress(), listening.getLocalPort());
                Socket server = listening.accept()) {
            HttpRequest request = HttpRequest.of(
                    "GET", "/", Map.of("upgrade", List.of("websocket"), "sec-websocket-key", List.of("a2V5")));
            WebSocket socket = WebSocket.accept(request, new HttpConnection(server), "v5.channel.k8s.io");
            Thread.ofVirtual().start(() -> send(client, sent));
            List<byte[]> messages = new ArrayList<>();
            boolean refused = false;
            try {
                for (Optional<WebSocket.Part> next = socket.read(); next.isPresent(); next = socket.read()) {
                    messages.add(next.get().bytes());
                }
            } catch (IOException e) {
                refused = true;
            }
            server.shutdownOutput();
            return new Outcome(messages, refused, afterHead(client));
        }
    }

    private static void send(Socket client, byte[] sent) {
        try {
            client.getOutputStream().write(sent);
            client.shutdownOutput();
        } catch (IOException e) {
            // The server stopped reading what it refuses.
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] afterHead(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        for (int matched = 0; matched < 4; ) {
            int read = in.read();
            matched = read == "\r\n\r\n".charAt(matched) ? matched + 1 : read == '\r' ? 1 : 0;
        }
        return in.readAllBytes();
    }

    private static byte[] frame(int first, boolean masked, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            bytes.put((byte) (mask | payload.length));
        } else {
            bytes.put((byte) (mask | 127)).putLong(payload.length);
        }
        byte[] key = {1, 2, 3, 4};
        if (masked) {
            bytes.put(key);
        }
        for (int i = 0; i < payload.length; i++) {
            bytes.put((byte) (masked ? payload[i] ^ key[i & 3] : payload[i]));
        }
        byte[] whole = new byte[bytes.position()];
        bytes.flip().get(whole);
        return whole;
    }

    private static byte[] joined(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    /// A message in pieces, with a ping between them, is one message: its first byte alone names the channel.
    @Test
    void piecesAreOneMessage() throws Exception {
        Outcome outcome = outcome(joined(
                frame(2, true, new byte[] {0, 'a'}),
                frame(FIN | 9, true, new byte[] {'p'}),
                frame(0, true, new byte[] {'b'}),
                frame(FIN, true, new byte[] {'c'}),
                frame(FIN | 2, true, new byte[] {0}),
                frame(FIN | 8, true, new byte[] {3, (byte) 0xe8})));
        assertEquals(2, outcome.messages().size());
        assertArrayEquals(new byte[] {0, 'a', 'b', 'c'}, outcome.messages().getFirst());
        assertArrayEquals(new byte[] {(byte) (FIN | 10), 1, 'p'}, outcome.answer());
        assertTrue(!outcome.refused());
    }

    @ParameterizedTest
    @CsvSource({
        "an unmasked frame, 130, false, 3, 1002",
        "an unknown opcode, 131, true, 3, 1002",
        "reserved bits, 194, true, 3, 1002",
        "a continuation of nothing, 128, true, 3, 1002",
        "a ping that is too large, 137, true, 126, 1002"
    })
    void brokenFramesAreRefusedWithACode(String what, int first, boolean masked, int size, int code) throws Exception {
        Outcome outcome = outcome(frame(first, masked, new byte[size]));
        assertTrue(outcome.refused(), what);
        assertArrayEquals(new byte[] {(byte) (FIN | 8), 2, (byte) (code >> 8), (byte) code}, outcome.answer(), what);
    }

    /// Clients put a whole file into one message (upstream takes frames of 32 MiB).
    @Test
    void longMessagesArriveInParts() throws Exception {
        byte[] file = new byte[5 << 20];
        new Random(7).nextBytes(file);
        Outcome outcome = outcome(joined(
                frame(FIN | 2, true, file),
                frame(2, true, Arrays.copyOf(file, 3 << 20)),
                frame(FIN | 9, true, new byte[] {'p'}),
                frame(FIN, true, Arrays.copyOfRange(file, 3 << 20, file.length)),
                frame(FIN | 8, true, new byte[] {3, (byte) 0xe8})));
        assertTrue(!outcome.refused());
        assertArrayEquals(joined(file, file), joined(outcome.messages().toArray(byte[][]::new)));
    }

    /// Whatever arrives ends: with messages, a refusal or the end.
    @Test
    void mutatedFramesNeverHang() throws Exception {
        Random random = new Random(20);
        byte[] good = joined(
                frame(2, true, new byte[] {0, 'a'}),
                frame(FIN, true, new byte[200]),
                frame(FIN | 2, true, new byte[] {1, 'x'}),
                frame(FIN | 8, true, new byte[] {3, (byte) 0xe8}));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bad = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            assertTrue(outcome(bad).messages().size() <= bad.length);
        }
    }
}
