package io.gantry.client.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapBuilder;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Watch;
import io.gantry.client.WatchEvent;
import io.gantry.client.WatchOptions;
import io.gantry.component.pki.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class Http2LinkTest {
    private static final int BIG = 200_000;
    private static final int WINDOW = 1_000;

    private static String configMap(String name) {
        return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"ns\",\"resourceVersion\":\"7\"}}";
    }

    private static ConfigMap get(ApiClient client) {
        return client.resource(ConfigMapKind.KIND).get("ns", "a");
    }

    @Test
    void requestsFollowEachOtherOnOneConnection() {
        try (FramedServer server = new FramedServer();
                ApiClient client = server.client()) {
            server.then(wire -> {
                wire.begin();
                for (String name : new String[] {"a", "b"}) {
                    FramedServer.Frame request = wire.next(Frames.HEADERS);
                    assertTrue(request.endsStream());
                    wire.answer(request.stream(), 200, configMap(name));
                }
                wire.next(Frames.HEADERS);
            });
            assertEquals("a", get(client).metadata().name());
            assertEquals("b", get(client).metadata().name());
        }
    }

    @Test
    void anErrorIsTheServersStatus() {
        try (FramedServer server = new FramedServer();
                ApiClient client = server.client()) {
            server.then(wire -> {
                wire.begin();
                wire.answer(
                        wire.next(Frames.HEADERS).stream(),
                        404,
                        "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}");
                wire.head(wire.next(Frames.HEADERS).stream(), 429, "retry-after", "0", true);
                wire.answer(wire.next(Frames.HEADERS).stream(), 200, configMap("late"));
                wire.next(Frames.HEADERS);
            });
            assertTrue(assertThrows(StatusException.class, () -> get(client)).isNotFound());
            assertEquals("late", get(client).metadata().name());
        }
    }

    @Test
    void aBodyLeavesAsTheServersWindowsOpen() throws Exception {
        CompletableFuture<Integer> most = new CompletableFuture<>();
        CompletableFuture<byte[]> sent = new CompletableFuture<>();
        try (FramedServer server = new FramedServer();
                ApiClient client = server.client()) {
            server.then(wire -> {
                wire.begin(Frames.INITIAL_WINDOW_SIZE, WINDOW);
                wire.answer(wire.next(Frames.HEADERS).stream(), 200, configMap("first"));
                int stream = wire.next(Frames.HEADERS).stream();
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                FramedServer.Frame data = wire.next(Frames.DATA);
                int longest = 0;
                while (true) {
                    body.writeBytes(data.payload());
                    longest = Math.max(longest, data.payload().length);
                    if (data.endsStream()) {
                        break;
                    }
                    wire.number(Frames.WINDOW_UPDATE, 0, data.payload().length);
                    wire.number(Frames.WINDOW_UPDATE, stream, data.payload().length);
                    data = wire.next(Frames.DATA);
                }
                most.complete(longest);
                sent.complete(body.toByteArray());
                wire.answer(stream, 201, configMap("big"));
                wire.next(Frames.HEADERS);
            });
            get(client);
            client.resource(ConfigMapKind.KIND)
                    .create(ConfigMapBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder()
                                    .name("big")
                                    .namespace("ns")
                                    .build())
                            .data(Map.of("text", "x".repeat(BIG)))
                            .build());
            assertEquals(WINDOW, most.get());
            assertTrue(sent.get().length > BIG);
        }
    }

    @Test
    void aWatchTellsLineByLineAndIsBrokenOffByItsReader() throws Exception {
        CompletableFuture<Boolean> reset = new CompletableFuture<>();
        try (FramedServer server = new FramedServer();
                ApiClient client = server.client()) {
            server.then(wire -> {
                wire.begin();
                int stream = wire.next(Frames.HEADERS).stream();
                wire.head(stream, 200, "content-type", "application/json", false);
                byte[] event = ("{\"type\":\"ADDED\",\"object\":" + configMap("seen") + "}\n").getBytes();
                wire.send(Frames.DATA, 0, stream, java.util.Arrays.copyOf(event, 10));
                wire.send(Frames.DATA, 0, stream, java.util.Arrays.copyOfRange(event, 10, event.length));
                reset.complete(wire.next(Frames.RST_STREAM).stream() == stream);
            });
            WatchOptions options = new WatchOptions("ns", "", "", "7", Duration.ofMinutes(5));
            try (Watch<ConfigMap> watch = client.resource(ConfigMapKind.KIND).watch(options)) {
                WatchEvent<ConfigMap> event = watch.next().orElseThrow();
                assertEquals(
                        "seen",
                        ((WatchEvent.Added<ConfigMap>) event)
                                .object()
                                .metadata()
                                .name());
            }
            assertTrue(reset.get());
        }
    }

    @Test
    void whatTheServerHasNotSeenGoesToTheNextConnection() {
        try (FramedServer server = new FramedServer();
                ApiClient client = server.client()) {
            server.then(wire -> {
                wire.begin();
                wire.next(Frames.HEADERS);
                wire.goAway(0);
                wire.next(Frames.HEADERS);
            });
            server.then(wire -> {
                wire.begin();
                int stream = wire.next(Frames.HEADERS).stream();
                wire.number(Frames.RST_STREAM, stream, Frames.REFUSED_STREAM);
                wire.answer(wire.next(Frames.HEADERS).stream(), 200, configMap("gone"));
                wire.next(Frames.HEADERS);
            });
            client.resource(ConfigMapKind.KIND).delete("ns", "gone", Deletion.defaults());
        }
    }

    @Test
    void aReadIsRepeatedWhenItsConnectionBreaksAndAWriteIsNot() {
        try (FramedServer server = new FramedServer();
                ApiClient client = server.client()) {
            server.then(wire -> {
                wire.begin();
                wire.next(Frames.HEADERS);
            });
            server.then(wire -> {
                wire.begin();
                wire.answer(wire.next(Frames.HEADERS).stream(), 200, configMap("a"));
                wire.next(Frames.HEADERS);
            });
            assertEquals("a", get(client).metadata().name());
            StatusException broken = assertThrows(
                    StatusException.class,
                    () -> client.resource(ConfigMapKind.KIND).delete("ns", "a", Deletion.defaults()));
            assertEquals(503, broken.code());
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsNotSpokenTo() {
        try (FramedServer server = new FramedServer();
                ApiClient client = server.client(CertificateAuthority.create("other", Duration.ofDays(1)))) {
            server.then(FramedServer.Wire::begin);
            StatusException refused = assertThrows(StatusException.class, () -> get(client));
            assertEquals(503, refused.code());
            assertTrue(refused.getMessage().contains("PKIX"), refused.getMessage());
        }
    }

    @Test
    void aServerWithoutHttp2IsSpokenToAsItWishes() {
        try (FramedServer server = new FramedServer("http/1.1");
                ApiClient client = server.client()) {
            server.then(wire -> wire.next()).then(wire -> {
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) wire.read());
                }
                String body = configMap("old");
                wire.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                wire.read();
            });
            assertEquals("old", get(client).metadata().name());
        }
    }
}
