package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StartupMemoryTest {
    @Test
    void givesBackOnceEachTimeItComesToRest() {
        StartupMemory.Calm calm = new StartupMemory.Calm();
        assertFalse(calm.since(500), "the start");
        assertTrue(calm.since(520), "after it");
        assertFalse(calm.since(530));
        assertFalse(calm.since(590));
        assertFalse(calm.since(700), "work");
        assertFalse(calm.since(900));
        assertTrue(calm.since(960), "after it");
        assertFalse(calm.since(960));
    }

    @Test
    void readsWhatTheKernelSays() {
        assertEquals(
                42, StartupMemory.Calm.ticks("7 (a) b) S 1 7 7 0 -1 4194304 100 0 0 0 30 12 0 0 20 0 1 0 5 1 1 1\n"));
    }
}
