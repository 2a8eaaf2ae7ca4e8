package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStreamTest {
    private static final String LOG = """
            2026-01-01T00:00:01.5Z stdout F one
            2026-01-01T00:00:02Z stderr F two
            2026-01-01T00:00:03Z stdout P thr
            2026-01-01T00:00:03Z stdout F ee
            """;

    @TempDir
    Path folder;

    /// Counts pieces: each is a message of a WebSocket.
    private static final class Pieces extends ByteArrayOutputStream {
        private int count;

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count++;
            super.write(bytes, offset, length);
        }
    }

    private final Pieces out = new Pieces();

    private String read(LogOptions options) throws IOException {
        return read(options, LOG, id -> Optional.empty());
    }

    private String read(LogOptions options, String text, Function<String, Optional<RuntimeContainer>> containers)
            throws IOException {
        Path log = folder.resolve("0.log");
        Files.writeString(log, text);
        out.reset();
        new LogStream(containers, new CountDownLatch(1)).copy(container(RunState.EXITED), options, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private RuntimeContainer container(RunState state) {
        return new RuntimeContainer(
                "id",
                "s",
                new PodIdentity("n", "p", "u"),
                "c",
                0,
                state,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                "",
                "",
                "",
                "",
                folder.resolve("0.log").toString(),
                List.of(),
                Map.of());
    }

    private static LogOptions options(boolean follow, boolean timestamps, long tail, long limit, String stream) {
        return new LogOptions(follow, false, timestamps, tail, limit, Optional.empty(), stream);
    }

    @Test
    void aLineLeavesWithItsEnd() throws IOException {
        assertEquals("one\n", read(options(false, false, -1, 4, "")));
        assertEquals(1, out.count);
    }

    @Test
    void linesAndTheirParts() throws IOException {
        assertEquals("one\ntwo\nthree\n", read(options(false, false, -1, -1, "")));
        assertEquals("ee\n", read(options(false, false, 1, -1, "")));
        assertEquals("", read(options(false, false, 0, -1, "")));
        assertEquals("one\nt", read(options(false, false, -1, 5, "")));
        assertEquals("two\n", read(options(false, false, -1, -1, "stderr")));
        assertEquals(
                "2026-01-01T00:00:01.5Z one\n2026-01-01T00:00:02Z two\n2026-01-01T00:00:03Z three\n",
                read(options(false, true, -1, -1, "")));
    }

    @Test
    void followingEndsWithTheContainer() throws IOException {
        assertEquals("one\ntwo\nthree\n", read(options(true, false, -1, -1, "")));
    }

    @Test
    void followingTakesAllThatAContainerWroteBeforeItsEnd() throws IOException {
        String last = lines("last", 10_000);
        String read = read(options(true, false, -1, -1, ""), lines("first", 1), id -> {
            append("0.log", last);
            return Optional.empty();
        });
        assertEquals(texts(lines("first", 1) + last), read);
    }

    /// The old file gets more than a block after its end was seen, the new one is longer than the old.
    @Test
    void followingGoesOnAcrossARotation() throws IOException {
        String old = lines("old", 10_000);
        String fresh = lines("new", 30_000);
        AtomicInteger looks = new AtomicInteger();
        String read = read(options(true, false, -1, -1, ""), lines("first", 1), id -> {
            if (looks.getAndIncrement() > 0) {
                return Optional.empty();
            }
            append("0.log", old);
            move("0.log", "0.log.20260101-000000");
            append("0.log", fresh);
            return Optional.of(container(RunState.RUNNING));
        });
        assertEquals(texts(lines("first", 1) + old + fresh), read);
    }

    private static String lines(String word, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "2026-01-01T00:00:01.5Z stdout F " + word + " " + i + "\n")
                .collect(Collectors.joining());
    }

    private static String texts(String lines) {
        return lines.replace("2026-01-01T00:00:01.5Z stdout F ", "");
    }

    private void append(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void move(String from, String to) {
        try {
            Files.move(folder.resolve(from), folder.resolve(to));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void since() throws IOException {
        Instant at = Instant.parse("2026-01-01T00:00:03Z");
        assertEquals("three\n", read(new LogOptions(false, false, false, -1, -1, Optional.of(at), "")));
    }
}
