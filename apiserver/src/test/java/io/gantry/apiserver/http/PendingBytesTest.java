package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Clients that take nothing of what waits for them.
class PendingBytesTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Test
    void whatWaitsAndDoesNotMoveIsStalled() {
        PendingBytes pending = new PendingBytes();
        long later = System.nanoTime() + Duration.ofHours(1).toNanos();
        assertFalse(pending.stalled(later, LIMIT));
        pending.add(10);
        pending.add(10);
        assertFalse(pending.stalled(System.nanoTime(), Duration.ofHours(1)));
        assertTrue(pending.stalled(later, LIMIT));
        pending.done(10);
        assertTrue(pending.stalled(later, LIMIT));
        pending.done(10);
        assertFalse(pending.stalled(later, LIMIT));
        pending.add(1);
        pending.close();
        assertFalse(pending.stalled(later, LIMIT));
    }
}
