package io.gantry.apiserver.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
    @TempDir
    private Path directory;

    @Test
    void fullFilesAreKeptForATime() throws Exception {
        AtomicInteger seconds = new AtomicInteger();
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        try (RotatingFile file = new RotatingFile(
                directory.resolve("audit.log"),
                new RotatingFile.Limits(10, 2, Duration.ZERO),
                () -> start.plusSeconds(seconds.incrementAndGet()))) {
            for (int i = 0; i < 5; i++) {
                file.write(("line " + i + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertEquals("line 4\n", Files.readString(directory.resolve("audit.log")));
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(f -> f.getFileName().toString()).sorted().toList();
            assertEquals(3, names.size(), names.toString());
            assertEquals("audit-2026-01-01T00-00-03.000.log", names.get(0));
        }
    }
}
