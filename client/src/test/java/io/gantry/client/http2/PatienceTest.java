package io.gantry.client.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.client.http.Call;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PatienceTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static Call post(Duration limit) {
        return new Call("POST", "/", Map.of(), new byte[0], limit, Call.Shape.WHOLE);
    }

    @Test
    void aSilentServerIsAskedAndGivenUp() throws Exception {
        CompletableFuture<Integer> asked = new CompletableFuture<>();
        try (FramedServer server = new FramedServer();
                Http2Link link = server.link(new Patience(LONG, SHORT, SHORT, SHORT))) {
            server.then(wire -> {
                wire.begin();
                asked.complete(wire.next(Frames.PING).payload().length);
                wire.next(Frames.HEADERS);
            });
            IOException given = assertThrows(IOException.class, () -> link.send(post(LONG)));
            assertTrue(given.getMessage().contains("has not said anything"), given.getMessage());
            assertEquals(8, asked.get());
        }
    }

    @Test
    void aServerThatAnswersWhetherItIsThereIsWaitedFor() throws Exception {
        try (FramedServer server = new FramedServer();
                Http2Link link = server.link(new Patience(LONG, SHORT, LONG, SHORT))) {
            server.then(wire -> {
                wire.begin();
                int stream = wire.next(Frames.HEADERS).stream();
                for (int i = 0; i < 3; i++) {
                    wire.send(Frames.PING, Frames.ACK, 0, wire.next(Frames.PING).payload());
                }
                wire.answer(stream, 200, "{}");
                wire.next(Frames.HEADERS);
            });
            assertEquals(200, link.send(post(LONG)).status());
        }
    }

    @Test
    void aRequestThatLastsTooLongIsBrokenOffAndTheConnectionKept() throws Exception {
        CompletableFuture<Boolean> broken = new CompletableFuture<>();
        try (FramedServer server = new FramedServer();
                Http2Link link = server.link(new Patience(LONG, LONG, LONG, SHORT))) {
            server.then(wire -> {
                wire.begin();
                int late = wire.next(Frames.HEADERS).stream();
                broken.complete(wire.next(Frames.RST_STREAM).stream() == late);
                wire.answer(wire.next(Frames.HEADERS).stream(), 200, "{}");
                wire.next(Frames.HEADERS);
            });
            assertThrows(SocketTimeoutException.class, () -> link.send(post(SHORT)));
            assertTrue(broken.get());
            assertEquals(200, link.send(post(LONG)).status());
        }
    }

    @Test
    void moreRequestsThanTheServerAllowsWaitTheirTurn() throws Exception {
        Set<Integer> answered = ConcurrentHashMap.newKeySet();
        try (FramedServer server = new FramedServer();
                Http2Link link = server.link(new Patience(LONG, LONG, LONG, SHORT))) {
            server.then(wire -> {
                wire.begin(Frames.MAX_CONCURRENT_STREAMS, 1);
                for (int i = 0; i < 4; i++) {
                    wire.answer(wire.next(Frames.HEADERS).stream(), 200, "{}");
                }
                wire.next(Frames.HEADERS);
            });
            assertEquals(200, link.send(post(LONG)).status());
            try (var callers = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 3; i++) {
                    int caller = i;
                    callers.submit(() -> link.send(post(LONG)).status() == 200 && answered.add(caller));
                }
            }
            assertEquals(Set.of(0, 1, 2), answered);
        }
    }
}
