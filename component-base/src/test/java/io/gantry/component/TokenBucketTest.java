package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Instant START = Instant.ofEpochSecond(100);

    @Test
    void someAreThereAtOnceAndOthersComeWithTime() {
        TokenBucket bucket = new TokenBucket(2, 3, START);
        assertEquals(3, IntStream.range(0, 9).filter(i -> bucket.take(START)).count());
        assertFalse(bucket.take(START.plusMillis(499)));
        assertTrue(bucket.take(START.plusMillis(500)));
        assertEquals(
                3,
                IntStream.range(0, 9)
                        .filter(i -> bucket.take(START.plusSeconds(60)))
                        .count());
    }

    @Test
    void aClockThatGoesBackTakesNothing() {
        TokenBucket bucket = new TokenBucket(1, 2, START);
        assertTrue(bucket.take(START.minusSeconds(5)));
        assertTrue(bucket.take(START.minusSeconds(5)));
        assertFalse(bucket.take(START.minusSeconds(5)));
    }
}
