package io.gantry.ingress.proxy;

import static io.gantry.ingress.route.Objects.ingress;
import static io.gantry.ingress.route.Objects.withTls;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.networking.v1.ingress.Ingress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// The data plane against endpoints on this machine, byte by byte.
@Timeout(60)
final class ProxyServerTest {
    private static final String OLD = "2026-01-01T00:00:00Z";
    private static final String NGINX = "'nginx.ingress.kubernetes.io/";

    private static Ingress web(String annotations) {
        return ingress("web", OLD, annotations, "a.test", "Prefix / web:80");
    }

    private static TestProxy to(TestEndpoint endpoint, String annotations) throws IOException {
        return new TestProxy(web(annotations)).endpoints("web", endpoint.port()).listening();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a.test\r\n\r\n";
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void headersOfOneConnectionStayAndOthersPass() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = to(endpoint, "")) {
            String answer = proxy.ask("GET /a?b=c HTTP/1.1\r\nHost: a.test:80\r\nConnection: x-mine, keep-alive\r\n"
                    + "X-Mine: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nX-Forwarded-For: 9.9.9.9\r\nX_Real_IP: 9.9.9.9\r\n"
                    + "X-Other: 2\r\nX-Other: 3\r\n\r\n");
            String seen = answer.substring(answer.indexOf("\r\n\r\n") + 4).toLowerCase(Locale.ROOT);
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertTrue(answer.contains("X-Kept: yes") && !answer.contains("X-Hop"), answer);
            assertTrue(seen.startsWith("get /a?b=c http/1.1\r\n"), seen);
            for (String kept : new String[] {
                "host: a.test:80\r\n",
                "x-forwarded-for: 127.0.0.1\r\n",
                "x-real-ip: 127.0.0.1\r\n",
                "x-forwarded-host: a.test:80\r\n",
                "x-forwarded-proto: http\r\n",
                "x-forwarded-port: " + proxy.port() + "\r\n",
                "x-other: 2\r\n",
                "x-other: 3\r\n"
            }) {
                assertTrue(seen.contains(kept), kept + " in " + seen);
            }
            for (String gone : new String[] {"x-mine", "keep-alive", "te:", "9.9.9.9"}) {
                assertFalse(seen.contains(gone), gone + " in " + seen);
            }
        }
    }

    @Test
    void connectionsAreKeptOnBothSides() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            for (int i = 0; i < 5; i++) {
                wire.send(get("/" + i));
                String head = wire.head();
                assertTrue(wire.body(head).startsWith("GET /" + i));
            }
            assertEquals(1, endpoint.connections());
            // A request is counted when its answer is out.
            await().until(() -> proxy.metrics()
                    .contains("ingress_requests_total{namespace=\"default\",ingress=\"web\",service=\"web\","
                            + "code=\"200\"} 5"));
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send(get("/1") + "POST /2 HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\n\r\nabc" + get("/3"));
            for (String start : new String[] {"GET /1", "POST /2", "GET /3"}) {
                String head = wire.head();
                assertTrue(wire.body(head).startsWith(start), start);
            }
        }
    }

    @Test
    void chunksAndTrailersPassBothWays() throws Exception {
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    String body = wire.body(wire.head());
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\nX-Sum: 7\r\n\r\n");
                });
                TestProxy proxy = to(endpoint, "")) {
            String answer = proxy.ask("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-In: 5\r\n\r\n");
            assertTrue(answer.contains("abc") && answer.contains("de"), answer);
            assertTrue(answer.contains("X-In: 5"), answer);
            assertTrue(answer.contains("X-Sum: 7"), answer);
        }
    }

    @Test
    void manyTinyChunksInOnePacketAreNoDeepStack() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = to(endpoint, "")) {
            String answer = proxy.ask("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "1\r\nx\r\n".repeat(20_000) + "0\r\n\r\n");
            assertEquals(20_000, answer.chars().filter(c -> c == 'x').count() - headXs(answer));
        }
    }

    private static long headXs(String answer) {
        int body = answer.indexOf("1\nx");
        return answer.substring(0, body).chars().filter(c -> c == 'x').count();
    }

    @Test
    void theAnswerToHeadHasALengthAndNoBody() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n" + get("/2"));
            assertTrue(wire.head().toLowerCase(Locale.ROOT).contains("content-length: "));
            assertTrue(wire.head().startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsChunkedOrEndsOurs() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.saying("HTTP/1.0 200 OK\r\n\r\nhello");
                TestProxy proxy = to(endpoint, "")) {
            assertTrue(proxy.ask(get("/")).endsWith("5\nhello\n0\n"));
            try (TestEndpoint.Wire wire = proxy.connect()) {
                wire.send("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
                String all = wire.rest();
                assertTrue(all.endsWith("\r\n\r\nhello"), all);
                assertFalse(all.toLowerCase(Locale.ROOT).contains("chunked"), all);
            }
        }
    }

    private record Refused(String name, String request, int code) {}

    @TestFactory
    Stream<DynamicTest> whatIsNoRequestOrTwoAtOnceIsRefused() {
        String host = "Host: a.test\r\n";
        return Stream.of(
                        new Refused("no HTTP", "hello\r\n\r\n", 400),
                        new Refused(
                                "both lengths",
                                "POST / HTTP/1.1\r\n" + host
                                        + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                400),
                        new Refused(
                                "two lengths",
                                "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                                400),
                        new Refused(
                                "a length that is none",
                                "POST / HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\nabcde",
                                400),
                        new Refused(
                                "unknown encoding",
                                "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                                400),
                        new Refused(
                                "encoding twice",
                                "POST / HTTP/1.1\r\n" + host
                                        + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                                400),
                        new Refused(
                                "encoding in HTTP/1.0",
                                "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                400),
                        new Refused(
                                "a space before the colon",
                                "POST / HTTP/1.1\r\n" + host + "Content-Length : 5\r\n\r\nabcde",
                                400),
                        new Refused("no host", "GET / HTTP/1.1\r\n\r\n", 400),
                        new Refused("two hosts", "GET / HTTP/1.1\r\n" + host + "Host: b.test\r\n\r\n", 400),
                        new Refused("above the root", "GET /../x HTTP/1.1\r\n" + host + "\r\n", 400),
                        new Refused("CONNECT", "CONNECT a.test:443 HTTP/1.1\r\n" + host + "\r\n", 405),
                        new Refused("TRACE", "TRACE / HTTP/1.1\r\n" + host + "\r\n", 405),
                        new Refused(
                                "large header",
                                "GET / HTTP/1.1\r\n" + host + "X: " + "x".repeat(70_000) + "\r\n\r\n",
                                431),
                        new Refused("long line", "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n", 414))
                .map(c -> DynamicTest.dynamicTest(c.name, () -> {
                    try (TestEndpoint endpoint = TestEndpoint.echo();
                            TestProxy proxy = to(endpoint, "");
                            TestEndpoint.Wire wire = proxy.connect()) {
                        wire.send(c.request);
                        String all = wire.rest();
                        assertTrue(all.startsWith("HTTP/1.1 " + c.code + " "), all);
                        assertEquals(1, all.split("HTTP/1.1 ", -1).length - 1, all);
                        assertEquals(0, endpoint.connections());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> chunkSizesThatAreNoneAreRefused() {
        return Stream.of("x", "-1", "0x5", "fffffffff", "5 5", "")
                .map(size -> DynamicTest.dynamicTest("'" + size + "'", () -> {
                    try (TestEndpoint endpoint = TestEndpoint.echo();
                            TestProxy proxy = to(endpoint, "");
                            TestEndpoint.Wire wire = proxy.connect()) {
                        wire.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n" + size
                                + "\r\nabcde\r\n0\r\n\r\n" + get("/smuggled"));
                        String all = wire.rest();
                        assertTrue(all.startsWith("HTTP/1.1 400 "), all);
                        assertFalse(all.contains("smuggled"), all);
                    }
                }));
    }

    @Test
    void anotherEndpointIsTriedWhereOneTakesNoConnection() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = new TestProxy(web(""))
                        .endpoints("web", closedPort(), closedPort(), endpoint.port())
                        .listening()) {
            for (int i = 0; i < 6; i++) {
                assertTrue(proxy.ask("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\n\r\nabc")
                        .startsWith("HTTP/1.1 200"));
            }
            assertTrue(proxy.metrics().contains("ingress_retries_total"), proxy.metrics());
        }
    }

    private record Failing(String name, String answer, String annotations, int code) {}

    @TestFactory
    Stream<DynamicTest> endpointsThatFail() {
        return Stream.of(
                        new Failing("no HTTP", "hello there\r\n\r\n", "", 502),
                        new Failing("closes", "", "", 502),
                        new Failing(
                                "large header", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n", "", 502))
                .map(c -> DynamicTest.dynamicTest(c.name, () -> {
                    try (TestEndpoint endpoint = TestEndpoint.saying(c.answer);
                            TestProxy proxy = to(endpoint, c.annotations)) {
                        String answer = proxy.ask(get("/"));
                        assertTrue(answer.startsWith("HTTP/1.1 " + c.code + " "), answer);
                    }
                }));
    }

    @Test
    void noEndpointIs503NoneThatConnects502NoRoute404() throws Exception {
        try (TestProxy proxy = new TestProxy(web("")).listening()) {
            assertTrue(proxy.ask(get("/")).startsWith("HTTP/1.1 503 "));
            proxy.endpoints("web", closedPort());
            assertTrue(proxy.ask(get("/")).startsWith("HTTP/1.1 502 "));
            String none = proxy.ask("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n");
            assertTrue(none.startsWith("HTTP/1.1 404 ") && none.endsWith("default backend - 404\n"), none);
        }
    }

    @Test
    void aSilentEndpointIs504() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TestEndpoint endpoint = new TestEndpoint(wire -> over.await());
                TestProxy proxy = to(endpoint, NGINX + "proxy-read-timeout':'1'")) {
            assertTrue(proxy.ask(get("/")).startsWith("HTTP/1.1 504 "));
        } finally {
            over.countDown();
        }
    }

    /// The endpoint has closed its idle connection, or is about to, just as the next request comes.
    @Test
    void aRequestOnAConnectionThatItsEndpointClosesIsSentAgain() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    wire.body(wire.head());
                    answered.incrementAndGet();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    wire.head(); // a second request is read, and not answered
                });
                TestProxy proxy = to(endpoint, "")) {
            for (int i = 0; i < 20; i++) {
                String answer = proxy.ask(get("/"));
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            }
            assertEquals(20, answered.get());
            // Twice is once too often for a POST whose fate nobody knows.
            try (TestEndpoint.Wire wire = proxy.connect()) {
                wire.send(get("/"));
                wire.body(wire.head());
                wire.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\n\r\nx");
                assertTrue(wire.head().startsWith("HTTP/1.1 502 "));
            }
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNotMadeWhole() throws Exception {
        try (TestEndpoint endpoint =
                        TestEndpoint.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send(get("/"));
            String all = wire.rest();
            assertTrue(all.contains("hello") && !all.contains("\r\n0\r\n"), all);
        }
    }

    @Test
    void webSocketsAreTunnelled() throws Exception {
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    String head = wire.head();
                    assertTrue(head.toLowerCase(Locale.ROOT).contains("upgrade: websocket"), head);
                    wire.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: x\r\n\r\nhello");
                    byte[] bytes = new byte[100];
                    for (int n = wire.in().read(bytes); n > 0; n = wire.in().read(bytes)) {
                        wire.out().write(bytes, 0, n);
                    }
                });
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send("GET /ws HTTP/1.1\r\nHost: a.test\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n");
            String head = wire.head();
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            assertTrue(head.toLowerCase(Locale.ROOT).contains("upgrade: websocket"), head);
            assertEquals("hello", wire.exactly(5));
            for (String message : new String[] {"\u0081\u0001a", "GET / HTTP/1.1\r\n\r\n", "z".repeat(500_000)}) {
                Thread.ofVirtual().start(() -> {
                    try {
                        wire.send(message);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                assertEquals(message, wire.exactly(message.length()));
            }
            wire.socket().shutdownOutput();
            assertEquals("", wire.rest());
        }
    }

    @Test
    void anUpgradeThatTheEndpointDoesNotWantIsAnAnswer() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send(
                    "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + get("/2"));
            String head = wire.head();
            assertTrue(head.startsWith("HTTP/1.1 200 "), head);
            wire.body(head);
            assertTrue(wire.head().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void expectedContinuesComeFromUs() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send("POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertTrue(wire.head().startsWith("HTTP/1.1 100 "));
            wire.send("abc");
            String head = wire.head();
            String body = wire.body(head);
            assertTrue(body.endsWith("abc") && !body.contains("100-continue"), body);
        }
    }

    @Test
    void bodiesAreLimitedByAnnotation() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = to(endpoint, NGINX + "proxy-body-size':'1k'")) {
            String head = "POST / HTTP/1.1\r\nHost: a.test\r\n";
            assertTrue(proxy.ask(head + "Content-Length: 1024\r\n\r\n" + "x".repeat(1024))
                    .startsWith("HTTP/1.1 200 "));
            assertTrue(proxy.ask(head + "Content-Length: 1025\r\n\r\n" + "x".repeat(1025))
                    .startsWith("HTTP/1.1 413 "));
            assertTrue(
                    proxy.ask(head + "Transfer-Encoding: chunked\r\n\r\n401\r\n" + "x".repeat(1025) + "\r\n0\r\n\r\n")
                            .startsWith("HTTP/1.1 413 "));
        }
    }

    @Test
    void hostsWithTlsAreSentThereUnlessTheyDoNotWantIt() throws Exception {
        String tls = "{'hosts':['a.test','b.test']}";
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = new TestProxy(
                                withTls("a", "", tls, "a.test", "Prefix / web:80"),
                                withTls("b", NGINX + "ssl-redirect':'false'", tls, "b.test", "Prefix / web:80"))
                        .endpoints("web", endpoint.port())
                        .listening()) {
            String answer = proxy.ask("GET /x?y=z HTTP/1.1\r\nHost: a.test:8080\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 308 "), answer);
            assertTrue(answer.toLowerCase(Locale.ROOT).contains("location: https://a.test/x?y=z\r\n"), answer);
            assertTrue(proxy.ask("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void targetsAreRewritten() throws Exception {
        try (TestEndpoint endpoint = TestEndpoint.echo();
                TestProxy proxy = new TestProxy(ingress(
                                "web",
                                OLD,
                                NGINX + "rewrite-target':'/$2'",
                                "a.test",
                                "ImplementationSpecific /api(/|$)(.*) web:80"))
                        .endpoints("web", endpoint.port())
                        .listening()) {
            assertTrue(proxy.ask(get("/api/v1/x?y=z")).contains("GET /v1/x?y=z HTTP/1.1"));
        }
    }

    /// A client that does not read keeps the endpoint from sending, and holds no memory of ours.
    @Test
    void whatAClientDoesNotTakeIsNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        byte[] block = new byte[64 * 1024];
        Arrays.fill(block, (byte) 'x');
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + (1L << 30) + "\r\n\r\n");
                    while (true) {
                        wire.out().write(block);
                        sent.addAndGet(block.length);
                    }
                });
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send(get("/"));
            wire.head();
            long stalled = awaitStill(sent);
            assertTrue(stalled < 32 << 20, stalled + " bytes taken for a client that reads none");
            wire.in().skipNBytes(100 << 20);
            assertTrue(sent.get() >= 100 << 20);
        }
    }

    @Test
    void whatAnEndpointDoesNotTakeIsNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch read = new CountDownLatch(1);
        byte[] block = new byte[64 * 1024];
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    String head = wire.head();
                    read.await();
                    wire.in().skipNBytes(100 << 20);
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
                });
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send("PUT / HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + (100 << 20) + "\r\n\r\n");
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 1600; i++) {
                        wire.out().write(block);
                        sent.addAndGet(block.length);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            long stalled = awaitStill(sent);
            assertTrue(stalled < 32 << 20, stalled + " bytes taken for an endpoint that reads none");
            read.countDown();
            assertTrue(wire.head().startsWith("HTTP/1.1 200 "));
        }
    }

    /// What a counter stops at.
    private static long awaitStill(AtomicLong counter) {
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(500, TimeUnit.MILLISECONDS)
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> counter.get() > 0 && before.getAndSet(counter.get()) == counter.get());
        return counter.get();
    }

    @Test
    void aClientThatLeavesTakesTheRequestWithIt() throws Exception {
        SynchronousQueue<String> left = new SynchronousQueue<>();
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    wire.head();
                    left.put("came");
                    left.put("left" + wire.rest());
                });
                TestProxy proxy = to(endpoint, "")) {
            try (TestEndpoint.Wire wire = proxy.connect()) {
                wire.send(get("/"));
                assertEquals("came", left.poll(10, TimeUnit.SECONDS));
            }
            assertEquals("left", left.poll(10, TimeUnit.SECONDS));
            await().until(() -> proxy.metrics().contains("code=\"499\""));
        }
    }

    @Test
    void anAnswerBeforeTheEndOfTheRequestReachesTheClient() throws Exception {
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
                    wire.rest();
                });
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(1000));
            String all = wire.rest();
            assertTrue(all.startsWith("HTTP/1.1 401 ") && all.endsWith("no"), all);
        }
    }

    @Test
    void requestsThatRunMayEndWhenTheProxyStops() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        SynchronousQueue<String> came = new SynchronousQueue<>();
        try (TestEndpoint endpoint = new TestEndpoint(wire -> {
                    wire.head();
                    came.put("came");
                    closing.await();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    wire.head();
                });
                TestProxy proxy = to(endpoint, "");
                TestEndpoint.Wire wire = proxy.connect()) {
            wire.send(get("/"));
            assertEquals("came", came.poll(10, TimeUnit.SECONDS));
            Thread stop = Thread.ofVirtual().start(proxy::close);
            await().until(() -> {
                try (TestEndpoint.Wire refused = proxy.connect()) {
                    return refused.socket().isClosed();
                } catch (IOException e) {
                    return true;
                }
            });
            closing.countDown();
            assertTrue(wire.rest().endsWith("ok"));
            stop.join();
        }
    }

    @Test
    void endpointsTakeTurns() throws Exception {
        try (TestEndpoint one = TestEndpoint.echo();
                TestEndpoint two = TestEndpoint.echo();
                TestProxy proxy = new TestProxy(web(""))
                        .endpoints("web", one.port(), two.port())
                        .listening();
                TestEndpoint.Wire wire = proxy.connect()) {
            IntStream.range(0, 4).forEach(i -> {
                try {
                    wire.send(get("/"));
                    wire.body(wire.head());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertEquals(1, one.connections());
            assertEquals(1, two.connections());
        }
    }
}
