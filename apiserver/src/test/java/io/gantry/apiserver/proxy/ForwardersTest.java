package io.gantry.apiserver.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.RawConnection;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.RequestHead;
import io.gantry.apiserver.http.Response;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ForwardersTest {
    private static final String UPGRADE =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n";

    private static final int SMALL_BUFFER = 8192;

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private ServerSocket backend;
    private EventLoopGroup loops;
    private Channel front;

    @BeforeEach
    void start() throws IOException {
        backend = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        front = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.SO_SNDBUF, SMALL_BUFFER)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    @AfterEach
    void stop() throws IOException {
        backend.close();
        front.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void relaysBytesBothWays() throws Exception {
        serve(UPGRADE, true);
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) front.localAddress()).getPort())) {
            Response response = forwarder().forward(request("spdy/3.1"), target("/exec/a/b/c?command=ls"));
            assertTrue(heads.take().startsWith("POST /exec/a/b/c?command=ls HTTP/1.1"));
            ((Response.Upgraded) response).source().accept(new RawConnection(accepted.take()));
            byte[] sent = new byte[300_000];
            new Random(7).nextBytes(sent);
            Thread.ofVirtual().start(() -> write(client, sent));
            InputStream in = client.getInputStream();
            assertEquals(UPGRADE, new String(in.readNBytes(UPGRADE.length()), StandardCharsets.US_ASCII));
            assertArrayEquals(sent, in.readNBytes(sent.length));
            client.shutdownOutput();
            assertEquals(-1, in.read());
        }
    }

    /// A command may end while its input is still being sent: its last words arrive all the same.
    @Test
    void theBackendsLastWordsReachAClientThatStillSends() throws Exception {
        byte[] output = new byte[40_000];
        new Random(8).nextBytes(output);
        Thread.ofVirtual().start(() -> {
            try (Socket socket = backend.accept()) {
                readHead(socket);
                socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
                // With input that nobody reads the connection is reset when it is closed.
                assertEquals(1, socket.getInputStream().read());
                socket.getOutputStream().write(output);
            } catch (IOException e) {
                heads.add("failed: " + e);
            }
            heads.add("closed");
        });
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(SMALL_BUFFER);
            client.connect(front.localAddress());
            Response response = forwarder().forward(request("spdy/3.1"), target("/"));
            ((Response.Upgraded) response).source().accept(new RawConnection(accepted.take()));
            byte[] sent = new byte[1000];
            sent[0] = 1;
            write(client, sent);
            assertEquals("closed", heads.take());
            write(client, sent);
            write(client, sent);
            InputStream in = client.getInputStream();
            assertEquals(UPGRADE, new String(in.readNBytes(UPGRADE.length()), StandardCharsets.US_ASCII));
            assertArrayEquals(output, in.readAllBytes());
        }
    }

    @Test
    void aRefusalStaysHttp() throws Exception {
        serve(
                "HTTP/1.1 403 Forbidden\r\n"
                        + "Content-Type: text/plain\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "3\r\n"
                        + "no!\r\n"
                        + "0\r\n\r\n",
                false);
        Response.Whole answer = (Response.Whole) forwarder().forward(request("websocket"), target("/"));
        assertEquals(403, answer.status());
        assertEquals("no!", answer.body().toString(StandardCharsets.UTF_8));
    }

    @Test
    void credentialsAreNotPassedOn() throws Exception {
        serve(UPGRADE, false);
        Headers headers = Headers.of(
                "connection",
                "upgrade",
                "upgrade",
                "SPDY/3.1",
                "authorization",
                "Bearer secret",
                "x-stream-protocol-version",
                "v4.channel.k8s.io",
                "x-stream-protocol-version",
                "v3.channel.k8s.io");
        forwarder().forward(request(headers), target("/"));
        String head = heads.take();
        assertTrue(head.contains("X-Stream-Protocol-Version: v4.channel.k8s.io, v3.channel.k8s.io"), head);
        assertTrue(!head.contains("secret"), head);
    }

    /// Browsers put their token among the subprotocols of a WebSocket.
    @Test
    void noPodSeesTheTokenOfWhoOpensAWebSocketToIt() throws Exception {
        serve(UPGRADE, false);
        Headers headers = Headers.of(
                "connection",
                "Upgrade",
                "upgrade",
                "websocket",
                "sec-websocket-protocol",
                "base64url.bearer.authorization.k8s.io.c2VjcmV0, v5.channel.k8s.io,v4.channel.k8s.io",
                "sec-websocket-protocol",
                "base64url.bearer.authorization.k8s.io.c2VjcmV0");
        forwarder().forward(request(headers), target("/"));
        String head = heads.take();
        assertTrue(head.contains("Sec-Websocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r\n"), head);
        assertTrue(!head.contains("c2VjcmV0"), head);
    }

    @Test
    void saysThatTheBackendIsAway() throws Exception {
        backend.close();
        StatusException away =
                assertThrows(StatusException.class, () -> forwarder().forward(request("SPDY/3.1"), target("/")));
        assertEquals(500, away.code());
        assertTrue(String.valueOf(away.getMessage()).contains("error dialing backend"));
    }

    @Test
    void aPlainRequestCannotLeaveHttp() {
        assertEquals(
                400,
                assertThrows(StatusException.class, () -> forwarder().forward(request(Headers.NONE), target("/")))
                        .code());
    }

    @Test
    void aFailedLogIsAStatus() throws Exception {
        serve("HTTP/1.1 400 Bad Request\r\nContent-Length: 7\r\n\r\nwaiting", false);
        try (PlainForwarder plain = new PlainForwarder(KubeletTls.of(SSLContext.getDefault()))) {
            StatusException failed =
                    assertThrows(StatusException.class, () -> plain.read(target("/containerLogs/a/b/c"), "pods/log p"));
            assertEquals(400, failed.code());
            assertEquals("waiting", failed.getMessage());
        }
    }

    /// Upstream `GenericHttpResponseChecker` and `NewGenericServerResponse`.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        400 | BadRequest | why
        401 | Unauthorized | the server has asked for the client to provide credentials ( pods/log p)
        403 | Forbidden | why ( pods/log p)
        404 | NotFound | the server could not find the requested resource ( pods/log p)
        500 | InternalError | Internal error occurred: why
        503 | ServiceUnavailable | the server is currently unable to handle the request ( pods/log p)
        502 | InternalError | an error on the server ("why") has prevented the request from succeeding ( pods/log p)
        """)
    void whatAKubeletRefusesIsToldInTheApisWords(int code, String reason, String message) throws Exception {
        serve("HTTP/1.1 " + code + " No\r\nContent-Length: 3\r\n\r\nwhy", false);
        try (PlainForwarder plain = new PlainForwarder(KubeletTls.of(SSLContext.getDefault()))) {
            StatusException failed =
                    assertThrows(StatusException.class, () -> plain.read(target("/containerLogs/a/b/c"), "pods/log p"));
            assertEquals(code, failed.code());
            assertEquals(reason, failed.status().reason());
            assertEquals(message, failed.getMessage());
        }
    }

    @Test
    void aLogIsStreamed() throws Exception {
        serve("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n", false);
        try (PlainForwarder plain = new PlainForwarder(KubeletTls.of(SSLContext.getDefault()))) {
            Response.Streamed answer = (Response.Streamed) plain.read(target("/containerLogs/a/b/c"), "pods/log p");
            assertEquals("text/plain", answer.headers().get("content-type"));
            FakeStream stream = new FakeStream();
            answer.source().accept(stream);
            assertEquals("hello\n", stream.awaitEnd());
        }
    }

    private void serve(String answer, boolean echo) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = backend.accept()) {
                heads.add(readHead(socket));
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                if (echo) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                }
            } catch (IOException e) {
                heads.add("failed: " + e);
            }
        });
    }

    private static String readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        return head.toString();
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static UpgradeForwarder forwarder() throws Exception {
        return new UpgradeForwarder(KubeletTls.of(SSLContext.getDefault()));
    }

    private Backend target(String target) {
        return new Backend("127.0.0.1", backend.getLocalPort(), Backend.Security.PLAIN, target);
    }

    private static Request request(String upgrade) {
        return request(Headers.of("connection", "Upgrade", "upgrade", upgrade));
    }

    private static Request request(Headers headers) {
        RequestHead head = RequestHead.of("POST", "/x", headers, new InetSocketAddress("127.0.0.1", 1));
        return new Request(head, new byte[0], Optional.empty());
    }
}
