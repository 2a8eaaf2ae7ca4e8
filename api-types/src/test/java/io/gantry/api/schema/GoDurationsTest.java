package io.gantry.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Durations as Go writes them.
final class GoDurationsTest {
    @ParameterizedTest
    @CsvSource({"3s,3000", "1h30m,5400000", "1.5s,1500", "-2ms,-2", "0,0", "0s,0", "+1m1s1ms,61001", ".5s,500"})
    void texts(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), GoDurations.parse(text));
    }

    @Test
    void small() {
        assertEquals(Duration.ofNanos(1_500), GoDurations.parse("1.5us"));
        assertEquals(Duration.ofNanos(7_001), GoDurations.parse("7µs1ns"));
    }

    @Test
    void noDurations() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> GoDurations.parse("3 days"));
        assertEquals("time: invalid duration \"3 days\"", refused.getMessage());
    }
}
