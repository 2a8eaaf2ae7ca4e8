package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that mean harm, to the whole server: a clear refusal within seconds and little memory, and the server goes
/// on.
@Timeout(30)
class HostileBodiesTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final int SLOW_CONNECTIONS = 200;
    private static LocalServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
        client = HttpClient.newHttpClient();
        server.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"target\"},\"data\":{\"a\":\"b\"}}");
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    /// @param says what the message must contain
    record Hostile(String name, String method, String type, byte[] body, int status, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Hostile post(String name, String type, String body, int status, String says) {
        return new Hostile(name, "POST", type, body.getBytes(StandardCharsets.UTF_8), status, says);
    }

    private static Hostile patch(String name, String type, String body, int status, String says) {
        return new Hostile(name, "PATCH", type, body.getBytes(StandardCharsets.UTF_8), status, says);
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
        for (int i = 1; i < 30; i++) {
            String before = "*a" + (i - 1);
            text.append("a" + i + ": &a" + i + " [" + String.join(",", List.of(before, before, before, before, before))
                    + "]\n");
        }
        return text.toString();
    }

    private static byte[] invalidUtf8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("{\"metadata\":{\"name\":\"bad\"},\"data\":{\"a\":\"".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xff});
        bytes.writeBytes("\"}}".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static byte[] deepProtobuf() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("k8s\0".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 10_000; i++) {
            bytes.writeBytes(new byte[] {0x12, (byte) 0xff, (byte) 0xff, 0x01});
        }
        return bytes.toByteArray();
    }

    static Stream<Hostile> bodies() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        String object = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        String copy = "{\"op\":\"copy\",\"from\":\"/data\",\"path\":\"/data/x\"},";
        String add = "{\"op\":\"add\",\"path\":\"/data/k\",\"value\":\"v\"},";
        String last = "{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"v\"}]";
        return Stream.of(
                post("aliases of aliases", YAML, laughs(), 400, "alias"),
                post("an alias of itself", YAML, "a: &a [*a]\n", 400, ""),
                post("lists in lists", JSON, "{\"metadata\":{\"name\":\"x\"},\"data\":" + deep + "}", 400, "depth"),
                post("objects in objects", JSON, object, 400, "depth"),
                post("lists in lists in YAML", YAML, "data: " + deep, 400, "depth"),
                post("blocks in blocks in YAML", YAML, "- ".repeat(10_000) + "a\n", 400, ""),
                new Hostile("messages in messages", "POST", PROTOBUF, deepProtobuf(), 400, ""),
                new Hostile("invalid UTF-8", "POST", JSON, invalidUtf8(), 400, "UTF-8"),
                new Hostile("invalid UTF-8 in YAML", "POST", YAML, invalidUtf8(), 400, "UTF-8"),
                post("a number of a million digits", JSON, "{\"a\":" + "9".repeat(1_000_000) + "}", 400, ""),
                post("a body too large", JSON, "{\"a\":\"" + "a".repeat(3 * 1024 * 1024) + "\"}", 413, "limit"),
                patch("deep merge patch", "application/merge-patch+json", object, 400, "depth"),
                patch("deep strategic patch", "application/strategic-merge-patch+json", object, 400, "depth"),
                patch("deep apply", "application/apply-patch+yaml", object, 400, "depth"),
                patch("copies of copies", "application/json-patch+json", "[" + copy.repeat(9_999) + last, 422, "error"),
                patch(
                        "10,001 operations",
                        "application/json-patch+json",
                        "[" + add.repeat(10_000) + last,
                        413,
                        "10000"));
    }

    private static HttpResponse<String> send(Hostile hostile) throws Exception {
        String path = hostile.method().equals("PATCH") ? MAPS + "/target?fieldManager=x" : MAPS;
        return client.send(
                HttpRequest.newBuilder(server.uri(path))
                        .header("content-type", hostile.type())
                        .method(hostile.method(), HttpRequest.BodyPublishers.ofByteArray(hostile.body()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void isRefusedByName(Hostile hostile) throws Exception {
        HttpResponse<String> answer = send(hostile);
        assertEquals(hostile.status(), answer.statusCode(), answer.body());
        assertEquals("Status", Json.MAPPER.readTree(answer.body()).path("kind").asString(""));
        assertTrue(answer.body().contains(hostile.says()) && answer.body().length() < 2_000, answer.body());
        server.json(200, "GET", MAPS + "/target", "");
    }

    /// As many operations as are allowed.
    @Test
    void tenThousandOperationsAreDone() throws Exception {
        String add = "{\"op\":\"add\",\"path\":\"/data/k\",\"value\":\"v\"},";
        String patch = "[" + add.repeat(9_999) + "{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"v\"}]";
        HttpResponse<String> answer = send(patch("10,000", "application/json-patch+json", patch, 200, ""));
        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    void fieldsThatAreThereTwiceAreSaid() throws Exception {
        String twice = "{\"metadata\":{\"name\":\"twice\"},\"data\":{\"a\":\"1\",\"a\":\"2\"}}";
        HttpResponse<String> strict = server.send("POST", MAPS + "?fieldValidation=Strict", JSON, twice);
        assertEquals(400, strict.statusCode());
        assertTrue(strict.body().contains("duplicate field \\\"data.a\\\""), strict.body());
        HttpResponse<String> warned = server.send("POST", MAPS, JSON, twice);
        assertEquals(201, warned.statusCode());
        assertTrue(warned.headers().firstValue("warning").orElse("").contains("duplicate field"));
    }

    /// Senders of one byte, of half a body, and readers that do not read: others do not notice.
    @Test
    void slowConnectionsHinderNobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        String list = "GET " + MAPS + " HTTP/1.1\r\nHost: a\r\n\r\n";
        try {
            for (int i = 0; i < SLOW_CONNECTIONS; i++) {
                slow.add(socket("P"));
                slow.add(socket("POST " + MAPS + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000000\r\n\r\n{\"metadata\""));
                slow.add(socket(list.repeat(50)));
                slow.add(socket("GET " + MAPS + "?watch=true HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            for (int i = 0; i < 20; i++) {
                server.json(200, "GET", MAPS + "/target", "");
            }
            server.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"beside\"}}");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        server.json(200, "GET", MAPS + "/beside", "");
    }

    private static Socket socket(String begins) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.uri("/").getPort());
        socket.getOutputStream().write(begins.getBytes(StandardCharsets.US_ASCII));
        InputStream unread = socket.getInputStream();
        assertTrue(unread.available() >= 0);
        return socket;
    }
}
