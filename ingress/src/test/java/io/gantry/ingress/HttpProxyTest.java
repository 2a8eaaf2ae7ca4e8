package io.gantry.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class HttpProxyTest {
    private static HttpServer backend;
    private static HttpProxy proxy;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        backend = HttpServer.create(any, 10);
        backend.createContext("/", exchange -> {
            byte[] body = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("Host") + " "
                            + new String(
                                    exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Answered", "yes");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        backend.start();
        RouteTable table = new RouteTable(List.of(
                new Route(
                        "a.test",
                        "/",
                        false,
                        List.of("127.0.0.1:" + backend.getAddress().getPort())),
                new Route("empty.test", "/", false, List.of()),
                new Route("dead.test", "/", false, List.of("127.0.0.1:1"))));
        proxy = HttpProxy.start(any, () -> table, new Random(1));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        proxy.close();
        backend.stop(0);
    }

    @Test
    void passesRequestAndAnswer() throws Exception {
        HttpResponse<String> response = ask("a.test", "/p/q?x=1", "hello");
        assertEquals(201, response.statusCode());
        assertEquals("POST /p/q?x=1 a.test hello", response.body());
        assertEquals("yes", response.headers().firstValue("X-Answered").orElse(""));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertEquals(404, ask("other.test", "/", "").statusCode());
        assertEquals(503, ask("empty.test", "/", "").statusCode());
        assertEquals(502, ask("dead.test", "/", "").statusCode());
    }

    private static HttpResponse<String> ask(String host, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path))
                        .header("Host", host)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
