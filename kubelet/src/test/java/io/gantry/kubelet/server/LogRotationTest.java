package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
    private static final long FULL = (10 << 20) + 1;

    @TempDir
    Path logs;

    private Path log = Path.of("");
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void container() throws IOException {
        log = Files.createDirectories(logs.resolve("pod/container")).resolve("0.log");
    }

    private void fill() throws IOException {
        Files.write(log, new byte[(int) FULL]);
    }

    private void rotate(boolean runs) {
        LogRotation.Writers writers = new LogRotation.Writers() {
            @Override
            public Optional<String> of(Path asked) {
                return asked.equals(log) ? Optional.of("id") : Optional.empty();
            }

            @Override
            public void reopen(String id) {
                if (!runs) {
                    throw new RuntimeFailure(RuntimeFailure.Code.OTHER, "the runtime is down", null);
                }
                try {
                    Files.createFile(log);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        };
        new LogRotation(logs, writers, Clock.fixed(now, ZoneOffset.UTC)).rotateAll();
        now = now.plus(Duration.ofSeconds(10));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(log.getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fiveFilesAreKept() throws IOException {
        for (int i = 0; i < 6; i++) {
            fill();
            rotate(true);
            Files.delete(log);
        }
        assertEquals(
                List.of(
                        "0.log.19700101-000020",
                        "0.log.19700101-000030",
                        "0.log.19700101-000040",
                        "0.log.19700101-000050"),
                files());
    }

    @Test
    void theLogKeepsItsNameWhereTheRuntimeGoesOnWritingToIt() throws IOException {
        fill();
        rotate(false);
        assertEquals(List.of("0.log"), files());
        assertEquals(FULL, Files.size(log));
    }
}
