package io.gantry.controllermanager.daemonset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedPodBackoffTest {
    private final FailedPodBackoff backoff = new FailedPodBackoff();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Duration after(long seconds, String key) {
        now = now.plusSeconds(seconds);
        return backoff.left(key, now);
    }

    @Test
    void eachFailureWaitsTwiceAsLong() {
        assertEquals(Duration.ZERO, after(0, "a"));
        assertEquals(Duration.ofSeconds(1), after(0, "a"));
        assertEquals(Duration.ZERO, after(1, "a"));
        assertEquals(Duration.ofSeconds(1), after(1, "a"));
        assertEquals(Duration.ZERO, after(1, "a"));
        assertEquals(Duration.ZERO, after(0, "another"));
    }

    @Test
    void aLongTimeWithoutFailureForgets() {
        assertEquals(Duration.ZERO, after(0, "a"));
        assertEquals(Duration.ZERO, after(10, "a"));
        assertEquals(Duration.ZERO, after(3600, "a"));
        assertEquals(Duration.ofMillis(500), backoff.left("a", now.plusMillis(500)));
    }
}
