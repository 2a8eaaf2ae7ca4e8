package io.gantry.apiserver.resourcemetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NodeUsagesTest {
    private static final JsonNode NODE = Json.MAPPER.createObjectNode();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int asked;
    private boolean isDown;
    private boolean knows = true;
    private final NodeUsages usages = new NodeUsages(this::ask, () -> now, Duration.ZERO);

    private Sample ask(String name, JsonNode node) throws IOException {
        asked++;
        if (isDown) {
            throw new IOException("away");
        }
        return new Sample(
                Optional.of(new Sample.Point(
                        now,
                        OptionalLong.of(now.toEpochMilli() * 500_000),
                        knows ? OptionalLong.of(7) : OptionalLong.empty(),
                        1)),
                Map.of());
    }

    private NodeUsage ask(boolean enough) throws InterruptedException {
        return usages.of("n", NODE, usage -> enough);
    }

    @Test
    void aNodeIsAskedOnceInTenSeconds() throws Exception {
        assertEquals(7, ask(true).node().orElseThrow().nanoCores());
        now = now.plusSeconds(9);
        ask(true);
        assertEquals(1, asked);
        now = now.plusSeconds(6);
        Usage usage = ask(true).node().orElseThrow();
        assertEquals(2, asked);
        assertEquals(500_000_000, usage.nanoCores());
        assertEquals(Duration.ofSeconds(15), usage.window());
    }

    @Test
    void itIsAskedSoonerForWhatIsNew() throws Exception {
        ask(true);
        ask(false);
        assertEquals(1, asked);
        now = now.plusSeconds(1);
        ask(false);
        assertEquals(2, asked);
    }

    @Test
    void itIsAskedAgainWhenItDoesNotKnow() throws Exception {
        knows = false;
        ask(true);
        assertEquals(2, asked);
    }

    @Test
    void oneThatIsAwayIsLeftAloneForAWhile() throws Exception {
        isDown = true;
        assertTrue(ask(true).node().isEmpty());
        now = now.plusSeconds(29);
        ask(false);
        assertEquals(1, asked);
        now = now.plusSeconds(2);
        ask(false);
        assertEquals(2, asked);
    }

    @Test
    void whatNobodyAsksForIsForgotten() throws Exception {
        ask(true);
        now = now.plusSeconds(119);
        usages.forget();
        assertEquals(false, usages.isEmpty());
        now = now.plusSeconds(2);
        usages.forget();
        assertTrue(usages.isEmpty());
    }
}
