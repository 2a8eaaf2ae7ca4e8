package io.gantry.apiserver.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
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
                new RotatingFile.Limits(10, 2, Duration.ZERO, false),
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

    @Test
    void fullFilesAreCompressed() throws Exception {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        AtomicInteger seconds = new AtomicInteger();
        RotatingFile.Limits limits = new RotatingFile.Limits(10, 1, Duration.ZERO, true);
        try (RotatingFile file = new RotatingFile(
                directory.resolve("audit.log"), limits, () -> start.plusSeconds(seconds.incrementAndGet()))) {
            file.write("line 0\n".getBytes(StandardCharsets.US_ASCII));
            file.write("line 1\n".getBytes(StandardCharsets.US_ASCII));
        }
        Path full = directory.resolve("audit-2026-01-01T00-00-01.000.log.gz");
        try (var read = new GZIPInputStream(Files.newInputStream(full))) {
            assertEquals("line 0\n", new String(read.readAllBytes(), StandardCharsets.US_ASCII));
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(full)));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void aFileWithoutLimitStaysOne() throws Exception {
        try (RotatingFile file = new RotatingFile(
                directory.resolve("audit.log"),
                new RotatingFile.Limits(0, 1, Duration.ZERO, false),
                InstantSource.system())) {
            file.write("line 0\n".getBytes(StandardCharsets.US_ASCII));
            file.write("line 1\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals("line 0\nline 1\n", Files.readString(directory.resolve("audit.log")));
    }
}
