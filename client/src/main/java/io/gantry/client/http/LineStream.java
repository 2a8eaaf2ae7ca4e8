package io.gantry.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A body as lines, pulled by one reader thread with a limit on the silence between two lines: how a watch notices
/// that the other end is gone.
public final class LineStream implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 64 << 20;
    private static final byte[] NOTHING = {};

    private final Chunks chunks;
    private final AtomicReference<Runnable> onClose = new AtomicReference<>(() -> {});
    private byte[] chunk = NOTHING;
    private int at;
    private boolean ended;

    /// Takes the body over: closed with this.
    public LineStream(Chunks chunks) {
        this.chunks = chunks;
    }

    /// The next line without its newline; empty at the end of the body or after [#close()]. Blocks.
    ///
    /// @throws java.net.SocketTimeoutException when nothing arrived for `silence`
    /// @throws IOException when the connection broke
    public Optional<byte[]> next(Duration silence) throws IOException, InterruptedException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
        while (!ended) {
            int end = at;
            while (end < chunk.length && chunk[end] != '\n') {
                end++;
            }
            if (end < chunk.length && begun.size() == 0) {
                byte[] line = Arrays.copyOfRange(chunk, at, end);
                at = end + 1;
                return Optional.of(line);
            }
            begun.write(chunk, at, end - at);
            if (end < chunk.length) {
                at = end + 1;
                return Optional.of(begun.toByteArray());
            }
            if (begun.size() > MAX_LINE_BYTES) {
                throw new IOException("a watch event is larger than " + MAX_LINE_BYTES + " bytes");
            }
            nextChunk(silence);
        }
        return begun.size() == 0 ? Optional.empty() : Optional.of(begun.toByteArray());
    }

    private void nextChunk(Duration silence) throws IOException, InterruptedException {
        at = 0;
        chunk = NOTHING;
        byte[] next = chunks.next(silence);
        if (next == null) {
            ended = true;
        } else {
            chunk = next;
        }
    }

    /// What to do once at [#close()].
    void onClose(Runnable action) {
        onClose.set(action);
    }

    /// Ends the request; a blocked reader returns. May be called from any thread, and twice.
    @Override
    public void close() {
        chunks.close();
        onClose.getAndSet(() -> {}).run();
    }
}
