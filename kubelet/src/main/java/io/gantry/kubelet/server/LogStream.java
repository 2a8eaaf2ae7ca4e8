package io.gantry.kubelet.server;

import io.gantry.kubelet.runtime.RuntimeContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Reads container logs in the runtime's format: time, stream, tag (`P` for part of a line, `F` for its end), text
/// (upstream `pkg/kubelet/kuberuntime/logs`).
public final class LogStream {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final long POLL_MILLIS = 150;
    private static final int POLLS_PER_STATE_CHECK = 7;

    private final Function<String, Optional<RuntimeContainer>> containers;
    private final CountDownLatch closed;

    /// @param containers finds a container by its id
    /// @param closed ends those that follow when it reaches zero
    public LogStream(Function<String, Optional<RuntimeContainer>> containers, CountDownLatch closed) {
        this.containers = containers;
        this.closed = closed;
    }

    /// Writes what is wanted; while following, until the container has ended or the reader has gone.
    void copy(RuntimeContainer container, LogOptions options, OutputStream out) throws IOException {
        Path path = Path.of(container.logPath());
        if (!Files.exists(path)) {
            return;
        }
        Lines lines = new Lines(options, out);
        LogFile log = LogFile.open(path);
        try {
            log.file().seek(start(log.file(), options.tail()));
            int idle = 0;
            while (!lines.full()) {
                if (lines.take(log.file())) {
                    continue;
                }
                out.flush();
                if (!options.follow()) {
                    return;
                }
                if (log.isReplaced()) {
                    lines.rest(log.file());
                    log.close();
                    log = LogFile.open(path);
                    continue;
                }
                idle++;
                if (idle % POLLS_PER_STATE_CHECK == 0 && ended(container)) {
                    lines.rest(log.file());
                    return;
                }
                if (pause()) {
                    return;
                }
            }
        } finally {
            out.flush();
            log.close();
        }
    }

    private boolean pause() throws IOException {
        try {
            return closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private boolean ended(RuntimeContainer container) {
        return containers
                .apply(container.id())
                .filter(RuntimeContainer::running)
                .isEmpty();
    }

    /// Where the last so many lines begin.
    private static long start(RandomAccessFile file, long tail) throws IOException {
        if (tail < 0) {
            return 0;
        }
        long end = file.length();
        long position = end;
        long found = 0;
        byte[] block = new byte[BLOCK_BYTES];
        while (position > 0) {
            int size = (int) Math.min(BLOCK_BYTES, position);
            position -= size;
            file.seek(position);
            file.readFully(block, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                boolean newline = block[i] == '\n' && position + i != end - 1;
                if (newline && ++found == tail) {
                    return position + i + 1;
                }
            }
        }
        return tail == 0 ? end : 0;
    }

    /// Turns the file's lines into what the reader sees.
    private static final class Lines {
        private final LogOptions options;
        private final OutputStream out;
        private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
        private final byte[] block = new byte[BLOCK_BYTES];
        private long left;
        private boolean inLine;

        Lines(LogOptions options, OutputStream out) {
            this.options = options;
            this.out = out;
            this.left = options.limitBytes() < 0 ? Long.MAX_VALUE : options.limitBytes();
        }

        boolean full() {
            return left <= 0;
        }

        /// Takes all that nobody adds to any more.
        void rest(RandomAccessFile file) throws IOException {
            while (!full() && take(file)) {
                out.flush();
            }
        }

        /// Takes the next block; false at the end of the file.
        boolean take(RandomAccessFile file) throws IOException {
            int n = file.read(block);
            if (n <= 0) {
                return false;
            }
            int from = 0;
            for (int i = 0; i < n; i++) {
                if (block[i] == '\n') {
                    partial.write(block, from, i - from + 1);
                    line(partial.toByteArray());
                    partial.reset();
                    from = i + 1;
                }
            }
            partial.write(block, from, n - from);
            return true;
        }

        /// One line with its end; what it says leaves in one piece, which is one message of a WebSocket.
        private void line(byte[] line) throws IOException {
            int time = indexOf(line, 0);
            int stream = time < 0 ? -1 : indexOf(line, time + 1);
            int tag = stream < 0 ? -1 : indexOf(line, stream + 1);
            if (tag < 0) {
                return;
            }
            String name = new String(line, time + 1, stream - time - 1, StandardCharsets.US_ASCII);
            String stamp = new String(line, 0, time, StandardCharsets.US_ASCII);
            boolean wanted = options.stream().isEmpty() || options.stream().equals(name);
            if (!wanted || before(stamp)) {
                return;
            }
            boolean part = line[stream + 1] == 'P';
            if (options.timestamps() && !inLine) {
                write((stamp + " ").getBytes(StandardCharsets.US_ASCII), 0, stamp.length() + 1);
            }
            write(line, tag + 1, line.length - tag - (part ? 2 : 1));
            inLine = part;
        }

        private boolean before(String stamp) {
            if (options.since().isEmpty()) {
                return false;
            }
            try {
                Instant at = OffsetDateTime.parse(stamp).toInstant();
                return at.isBefore(options.since().get());
            } catch (DateTimeParseException malformed) {
                return false;
            }
        }

        private static int indexOf(byte[] line, int from) {
            for (int i = from; i < line.length; i++) {
                if (line[i] == ' ') {
                    return i;
                }
            }
            return -1;
        }

        private void write(byte[] bytes, int offset, int length) throws IOException {
            int count = (int) Math.min(length, left);
            if (count > 0) {
                out.write(bytes, offset, count);
                left -= count;
            }
        }
    }
}
