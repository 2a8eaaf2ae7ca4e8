package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.store.memory.MemoryStore;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When watches end that name no timeout (`--min-request-timeout`).
@Timeout(60)
class WatchTimeoutTest {
    @Test
    void aWatchEndsAfterTheServersTimeoutAndBeforeTwiceThat() throws Exception {
        try (MemoryStore store = new MemoryStore();
                ApiServer server = ApiServer.start(
                        ServerConfig.local(store)
                                .with(ServerConfig.Options.NONE.withWatchTimeout(Duration.ofSeconds(1))),
                        objects -> Security.none());
                HttpClient client = HttpClient.newHttpClient()) {
            URI watch = URI.create("http://127.0.0.1:" + server.address().getPort() + "/api/v1/secrets?watch=true");
            long begin = System.nanoTime();
            try (InputStream events = client.send(
                            HttpRequest.newBuilder(watch).build(), HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                events.readAllBytes();
            }
            assertTrue(System.nanoTime() - begin >= Duration.ofSeconds(1).toNanos());
        }
    }

    @Test
    void theFlagIsInSeconds() {
        assertEquals(Duration.ofMinutes(30), ServerFlags.parse().serving().watchTimeout());
        assertEquals(
                Duration.ofSeconds(7),
                ServerFlags.parse("--min-request-timeout=7").serving().watchTimeout());
        assertEquals(
                Duration.ZERO,
                ServerFlags.parse("--min-request-timeout=0").serving().watchTimeout());
        assertEquals(
                "--min-request-timeout can not be negative value",
                assertThrows(IllegalArgumentException.class, () -> ServerFlags.parse("--min-request-timeout=-1"))
                        .getMessage());
    }
}
