package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorPriorityTest {
    @Test
    void threadsThatWorkWhileAllOthersStandStillAreFound(@TempDir Path threads) throws IOException {
        Map<Integer, String> names = Map.of(
                10,
                "java",
                11,
                "GC Thread#0",
                12,
                "VM Thread",
                13,
                "G1 Conc#0",
                14,
                "GC Thread#1",
                15,
                "VM Periodic Tas");
        for (Map.Entry<Integer, String> name : names.entrySet()) {
            Path thread = Files.createDirectory(threads.resolve(Integer.toString(name.getKey())));
            Files.writeString(thread.resolve("comm"), name.getValue() + "\n");
        }
        Files.createDirectory(threads.resolve("16"));

        assertEquals(List.of(11, 12, 14), CollectorPriority.collecting(threads));
    }

    @Test
    void aProcessHasSuchThreads() throws IOException {
        assertFalse(CollectorPriority.collecting(Path.of("/proc/self/task")).isEmpty());
    }
}
