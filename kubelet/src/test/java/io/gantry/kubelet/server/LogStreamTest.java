package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.simulated.SimulatedRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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
        Path log = folder.resolve("0.log");
        Files.writeString(log, LOG);
        RuntimeContainer container = new RuntimeContainer(
                "id",
                "s",
                new PodIdentity("n", "p", "u"),
                "c",
                0,
                RunState.EXITED,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                "",
                "",
                "",
                "",
                log.toString(),
                List.of(),
                Map.of());
        out.reset();
        new LogStream(new SimulatedRuntime(Clock.systemUTC()), new CountDownLatch(1)).copy(container, options, out);
        return out.toString(StandardCharsets.UTF_8);
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
    void since() throws IOException {
        Instant at = Instant.parse("2026-01-01T00:00:03Z");
        assertEquals("three\n", read(new LogOptions(false, false, false, -1, -1, Optional.of(at), "")));
    }
}
