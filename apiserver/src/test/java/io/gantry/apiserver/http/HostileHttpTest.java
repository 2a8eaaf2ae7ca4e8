package io.gantry.apiserver.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients that mean harm: a clear refusal, or one answer for one request; and the server goes on.
class HostileHttpTest {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final CountDownLatch SLOW = new CountDownLatch(1);
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        server = HttpServer.start(new InetSocketAddress("127.0.0.1", 0), Optional.empty(), request -> {
            SEEN.add(request.head().method() + " " + request.head().path());
            if (request.head().path().equals("/slow")) {
                return Answer.later(() -> {
                    assertTrue(SLOW.await(10, TimeUnit.SECONDS));
                    return Response.json("{}".getBytes(StandardCharsets.UTF_8));
                });
            }
            return Answer.now(Response.json("{}".getBytes(StandardCharsets.UTF_8)));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static void assertGoesOn() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            assertTrue(client.send("GET /alive HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .all()
                    .startsWith("HTTP/1.1 200"));
        }
    }

    record Smuggle(String name, String request) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Each hides `GET /smuggled` in what some proxy takes for a body.
    static Stream<Smuggle> smuggled() {
        String hidden = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        String body = "0\r\n\r\n" + hidden;
        return Stream.of(
                new Smuggle(
                        "two lengths", "Content-Length: 0\r\nContent-Length: " + hidden.length() + "\r\n\r\n" + hidden),
                new Smuggle("a list of lengths", "Content-Length: 0, " + hidden.length() + "\r\n\r\n" + hidden),
                new Smuggle("a negative length", "Content-Length: -1\r\n\r\n" + hidden),
                new Smuggle("a signed length", "Content-Length: +0\r\n\r\n" + hidden),
                new Smuggle(
                        "length and chunks",
                        "Content-Length: " + body.length() + "\r\nTransfer-Encoding: chunked\r\n\r\n" + body),
                new Smuggle(
                        "blank before the colon", "Content-Length: 0\r\nTransfer-Encoding : chunked\r\n\r\n" + body),
                new Smuggle(
                        "two encodings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + body),
                new Smuggle("an unknown encoding", "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" + hidden),
                new Smuggle("a huge chunk", "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF1\r\n" + hidden),
                new Smuggle("a bare carriage return", "X: a\rContent-Length: " + hidden.length() + "\r\n\r\n" + hidden),
                new Smuggle("a null byte", "X\u0000: a\r\nContent-Length: 0\r\n\r\n" + hidden));
    }

    @ParameterizedTest
    @MethodSource("smuggled")
    void aRequestWithTwoReadingsIsRefused(Smuggle smuggle) throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.send("POST /first HTTP/1.1\r\nHost: a\r\n" + smuggle.request());
            client.finishSending();
            String answer = client.all();
            assertTrue(answer.startsWith("HTTP/1.1 400"), smuggle.name() + ": " + answer);
            assertTrue(!SEEN.contains("GET /smuggled"), smuggle.name());
        }
        assertGoesOn();
    }

    /// Most clients send the whole body before they read: the refusal must wait for them.
    @Test
    void aRefusalIsReadAfterAllWasSent() throws Exception {
        int length = 8 * HttpLimits.BODY_BYTES;
        byte[] part = new byte[64 * 1024];
        try (RawClient client = new RawClient(server.address())) {
            client.send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
            for (int sent = 0; sent < length; sent += part.length) {
                client.send(part);
            }
            assertTrue(client.all().startsWith("HTTP/1.1 413"));
        }
        assertGoesOn();
    }

    /// A refusal that comes while the client still sends its line.
    @Test
    void aLineThatIsTooLongMayBeSentToItsEnd() throws Exception {
        byte[] part = "a".repeat(64 * 1024).getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = new RawClient(server.address())) {
            client.send("GET /");
            for (int sent = 0; sent <= HttpLimits.REQUEST_LINE_BYTES; sent += part.length) {
                client.send(part);
            }
            assertTrue(client.some().startsWith("HTTP/1.1 414"));
            for (int i = 0; i < 64; i++) {
                client.send(part);
            }
        }
        assertGoesOn();
    }

    record Large(String name, String request, String status) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Large> large() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            many.append("h").append(i).append(": v\r\n");
        }
        return Stream.of(
                new Large("a long line", "GET /" + "a".repeat(2_000_000) + " HTTP/1.1\r\n\r\n", "414"),
                new Large("a long query", "GET /?labelSelector=" + "a".repeat(2_000_000) + " HTTP/1.1\r\n\r\n", "414"),
                new Large("a long header", "GET / HTTP/1.1\r\nX: " + "a".repeat(2_000_000) + "\r\n\r\n", "431"),
                new Large("many headers", "GET / HTTP/1.1\r\n" + many + "\r\n", "431"),
                new Large("no HTTP", "\u0016\u0003\u0001 hello\r\n\r\n", "400"),
                new Large("a bad version", "GET / HTTP/9.9.9\r\n\r\n", "400"),
                new Large("a large body", "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "413"));
    }

    @ParameterizedTest
    @MethodSource("large")
    void whatIsTooLargeIsRefusedByName(Large large) throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.send(large.request());
            String answer = client.some();
            assertTrue(answer.startsWith("HTTP/1.1 " + large.status()), large.name() + ": " + answer);
            assertTrue(answer.contains("\"kind\":\"Status\""), answer);
        }
        assertGoesOn();
    }

    /// Thousands of requests that wait behind a slow one are answered one after the other, on a bounded stack.
    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        int count = 3_000;
        try (RawClient client = new RawClient(server.address())) {
            StringBuilder text = new StringBuilder("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            text.append("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(count));
            text.append("GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            client.send(text.toString());
            await().until(() -> SEEN.contains("GET /slow"));
            SLOW.countDown();
            String answers = client.all();
            assertEquals(
                    count + 2,
                    Pattern.compile("HTTP/1.1 200").matcher(answers).results().count());
            assertEquals("GET /last", SEEN.getLast());
        }
        assertGoesOn();
    }

    /// Half-open and silent connections cost nothing to others.
    @Test
    void silentConnectionsHinderNobody() throws Exception {
        List<RawClient> silent = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                silent.add(
                        new RawClient(server.address()).send("POST /half HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc"));
            }
            assertGoesOn();
        } finally {
            for (RawClient client : silent) {
                client.close();
            }
        }
        assertGoesOn();
    }

    @Test
    void strangePathsReachNoOtherPath() throws Exception {
        for (String path :
                List.of("/a/%2e%2e/b", "/a/../b", "/a%2f..%2fb", "//a", "/%00", "/a/%", "/%ff%fe", "*", "http://x/y")) {
            try (RawClient client = new RawClient(server.address())) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                String answer = client.all();
                assertTrue(
                        answer.startsWith("HTTP/1.1 200") || answer.startsWith("HTTP/1.1 400"), path + ": " + answer);
            }
        }
        assertTrue(!SEEN.contains("GET /b"), SEEN.toString());
    }
}
