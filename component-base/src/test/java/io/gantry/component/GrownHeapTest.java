package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrownHeapTest {
    @ParameterizedTest
    @CsvSource({"200, 20, false", "1500, 700, true", "1500, 1100, false", "600, 390, true"})
    void aHeapIsTooLargeWhenAThirdOfItIsFree(long totalMegabytes, long usedMegabytes, boolean tooLarge) {
        assertEquals(tooLarge, GrownHeap.isTooLarge(totalMegabytes << 20, usedMegabytes << 20));
    }

    @Test
    void itIsNotLookedAtWhileThereIsMuchToDo() {
        assertTrue(GrownHeap.isCalm(900), "of 3,000 in 30 s: 5,000 nodes that renew their leases");
        assertFalse(GrownHeap.isCalm(2_000));
    }

    @Test
    void aScrapeTellsOfTheProcess() {
        String text = new Metrics().scrape();

        assertTrue(text.contains("\nprocess_cpu_seconds_total "), text);
        assertTrue(text.contains("\nprocess_resident_memory_bytes "), text);
    }
}
