package io.gantry.kubelet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a node counts as short.
class EvictionThresholdsTest {
    private static final long GI = 1L << 30;

    @Test
    void upstreamsAreTheUsualOnes() {
        EvictionThresholds usual = EvictionThresholds.parse(EvictionThresholds.DEFAULT);
        assertEquals(100L << 20, usual.memory().of(64 * GI));
        assertEquals(10 * GI, usual.disk().of(100 * GI));
        assertEquals(15 * GI, usual.images().of(100 * GI));
    }

    @Test
    void whatIsNotNamedHasNoThreshold() {
        EvictionThresholds few = EvictionThresholds.parse("nodefs.available<2Gi");
        assertEquals(2 * GI, few.disk().of(1000 * GI));
        assertEquals(0, few.memory().of(GI));
        assertEquals(0, few.images().of(GI));
        assertEquals(few.memory(), EvictionThresholds.parse("").disk());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nodefs.available                     | must be SIGNAL<AMOUNT
            nodefs.available<                    | neither an amount nor a share
            nodefs.available<much                | neither an amount nor a share
            nodefs.available<x%                  | neither an amount nor a share
            nodefs.available<101%                | a share is 0% to 100%
            nodefs.available<-1Gi                | an amount is not negative
            nodefs.inodesFree<5%                 | this kubelet only knows memory.available
            memory.available<1Gi,memory.available<2Gi | is there twice
            memory.available<1Gi,                | must be SIGNAL<AMOUNT
            """)
    void whatIsWrongIsNamed(String text, String why) {
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> EvictionThresholds.parse(text))
                        .getMessage());
        assertTrue(message.startsWith("--eviction-hard: "), message);
        assertTrue(message.contains(why), message);
    }

    /// The node says which of its disks is short; one that nobody set a threshold for never is.
    @Test
    void theDiskThatIsShortCounts() {
        NodePressure.Level enough = new NodePressure.Level(50, 10);
        NodePressure.Level few = new NodePressure.Level(9, 10);
        assertEquals(few, NodePressure.Level.shorter(enough, few));
        assertEquals(few, NodePressure.Level.shorter(few, enough));
        assertEquals(enough, NodePressure.Level.shorter(enough, new NodePressure.Level(5, 0)));
        assertFalse(new NodePressure.Levels(enough, NodePressure.Level.shorter(enough, enough)).isDiskShort());
    }
}
