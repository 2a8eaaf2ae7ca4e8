package io.gantry.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What passes between a browser and an API server that the test plays.
class RelayTest {
    private static final String TERMINAL = "/api/v1/namespaces/a/pods/web/exec?command=sh&stdin=true&tty=true";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Test
    void whatThePageClaimsToBeIsNotPassedOn() throws Exception {
        try (FakeServer server = new FakeServer((in, out) -> say(
                        out,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                + "Set-Cookie: a=b\r\nWarning: 299 - \"old\"\r\nContent-Length: 2\r\n\r\nhi"));
                Dashboard dashboard = Dashboard.start(server.config("secret-token"), 0);
                Visitor visitor = Visitor.invited(dashboard)) {
            Visitor.Seen seen = visitor.send("GET /api/v1/pods?limit=5 HTTP/1.1\r\nHost: localhost\r\n"
                    + visitor.cookieLine()
                    + "Accept: application/json\r\nAuthorization: Bearer mine\r\nImpersonate-User: root\r\n\r\n");

            String head = server.heads.take();
            assertTrue(head.startsWith("GET /base/api/v1/pods?limit=5 HTTP/1.1\r\n"), head);
            assertTrue(head.contains("Authorization: Bearer secret-token"), head);
            assertFalse(head.toLowerCase(Locale.ROOT).matches("(?s).*(cookie|impersonate|bearer mine).*"), head);
            assertEquals("hi", seen.body());
            assertEquals("299 - \"old\"", seen.header("warning"));
            assertEquals("", seen.header("set-cookie"));
            assertEquals("application/octet-stream", seen.header("content-type"));
        }
    }

    @Test
    void aServerThatIsAwayIsToldAsTheServersOwnFailures() throws Exception {
        FakeServer server = new FakeServer((in, out) -> {});
        server.close();
        try (Dashboard dashboard = Dashboard.start(server.config(""), 0);
                Visitor visitor = Visitor.invited(dashboard)) {
            Visitor.Seen seen = visitor.get("/version");
            assertEquals(502, seen.status());
            assertTrue(seen.body().contains("the API server does not answer"), seen.body());
        }
    }

    @Test
    void aPageThatDoesNotKeepUpSlowsTheServer() throws Exception {
        AtomicLong written = new AtomicLong();
        try (FakeServer server = new FakeServer((in, out) -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
                    byte[] lines = new byte[64 * 1024];
                    while (true) {
                        out.write(lines);
                        written.addAndGet(lines.length);
                    }
                });
                Dashboard dashboard = Dashboard.start(server.config(""), 0);
                Visitor visitor = Visitor.invited(dashboard)) {
            Messages messages = new Messages();
            WebSocket socket = visitor.open("/stream/api/v1/namespaces/a/pods/web/log?follow=true", messages);
            messages.next();
            Awaitility.await().atMost(PATIENCE).until(() -> messages.waiting() == StreamRelay.WINDOW);
            Awaitility.await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(() -> {
                long before = written.get();
                return written.get() == before && messages.waiting() == StreamRelay.WINDOW;
            });

            socket.sendText(".", true).join();
            Awaitility.await().atMost(PATIENCE).until(() -> messages.waiting() == StreamRelay.WINDOW + 1);
            socket.abort();
            assertEquals(true, server.gone.poll(20, TimeUnit.SECONDS), "the server's stream ends with the page's");
        }
    }

    @Test
    void aQuietStreamEndsWithItsPage() throws Exception {
        try (FakeServer server = new FakeServer((in, out) -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
                    if (in.read() < 0) {
                        throw new IOException("the relay went away");
                    }
                });
                Dashboard dashboard = Dashboard.start(server.config(""), 0);
                Visitor visitor = Visitor.invited(dashboard)) {
            Messages messages = new Messages();
            WebSocket socket = visitor.open("/stream/api/v1/pods?watch=true", messages);
            messages.next();
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            assertEquals(true, server.gone.poll(20, TimeUnit.SECONDS));

            try (Socket plain = visitor.connect(
                    "GET /api/v1/pods?watch=true HTTP/1.1\r\nHost: localhost\r\n" + visitor.cookieLine() + "\r\n")) {
                Head.read(plain.getInputStream(), 1 << 16);
            }
            assertEquals(true, server.gone.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aTerminalsBytesPassBothWays() throws Exception {
        try (FakeServer server = new FakeServer((in, out) -> {
                    say(
                            out,
                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: " + "ignored-by-nobody" + "\r\n\r\n");
                });
                Dashboard dashboard = Dashboard.start(server.config("t"), 0);
                Visitor visitor = Visitor.invited(dashboard);
                Socket socket = visitor.connect(handshake(visitor))) {
            String head = Head.read(socket.getInputStream(), 1 << 16).orElseThrow();
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            assertTrue(head.contains("Sec-WebSocket-Accept: ignored-by-nobody"), head);
            String asked = server.heads.take();
            assertTrue(asked.startsWith("GET /base" + TERMINAL + " HTTP/1.1\r\n"), asked);
            assertTrue(asked.contains("Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io"), asked);
            assertTrue(asked.contains("Authorization: Bearer t"), asked);
            assertEquals(-1, socket.getInputStream().read(), "ends with the server's side");
        }
    }

    private static String handshake(Visitor visitor) {
        return "GET " + TERMINAL + " HTTP/1.1\r\nHost: " + visitor.host() + "\r\nOrigin: " + visitor.origin() + "\r\n"
                + visitor.cookieLine() + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r\n\r\n";
    }

    @Test
    void whatIsTypedComesBack() throws Exception {
        try (FakeServer server = new FakeServer((in, out) -> {
                    say(out, "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\n\r\n");
                    in.transferTo(out);
                });
                Dashboard dashboard = Dashboard.start(server.config(""), 0);
                Visitor visitor = Visitor.invited(dashboard);
                Socket socket = visitor.connect(handshake(visitor))) {
            Head.read(socket.getInputStream(), 1 << 16);
            byte[] typed = {(byte) 0x82, 2, 0, 'l'};
            socket.getOutputStream().write(typed);
            assertEquals(
                    List.of(ByteBuffer.wrap(typed)),
                    List.of(ByteBuffer.wrap(socket.getInputStream().readNBytes(typed.length))));
        }
    }

    @Test
    void whyATerminalIsRefusedIsToldInItsProtocol() throws Exception {
        String status = "{\"kind\":\"Status\",\"message\":\"pods \\\"web\\\" is forbidden\",\"code\":403}";
        try (FakeServer server = new FakeServer((in, out) -> say(
                        out,
                        "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: " + status.length()
                                + "\r\n\r\n" + status));
                Dashboard dashboard = Dashboard.start(server.config(""), 0);
                Visitor visitor = Visitor.invited(dashboard)) {
            Messages messages = new Messages();
            WebSocket socket = visitor.open(TERMINAL, messages, "v5.channel.k8s.io", "v4.channel.k8s.io");

            assertEquals("v5.channel.k8s.io", socket.getSubprotocol());
            assertEquals("\u0003" + status, messages.next());
            assertTrue(messages.awaitClose());
        }
    }
}
