package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodObserverTest {
    @TempDir
    Path folder;

    /// What a container wrote last may lack the end of its line.
    @Test
    void aMessageFromTheLogIsAsItWasWritten() throws IOException {
        Path log = folder.resolve("0.log");
        Files.writeString(log, """
                2026-01-01T00:00:01Z stdout F one
                2026-01-01T00:00:02Z stdout P half
                2026-01-01T00:00:02Z stdout F way
                2026-01-01T00:00:03Z stderr P DONE
                """);
        assertEquals("one\nhalfway\nDONE", PodObserver.logTail(log));
    }
}
