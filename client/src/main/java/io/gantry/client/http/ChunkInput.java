package io.gantry.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;

/// A body read as a stream.
public final class ChunkInput extends InputStream {
    private static final byte[] NOTHING = {};

    private final Chunks chunks;
    private final Duration silence;
    private byte[] chunk = NOTHING;
    private int at;
    private boolean ended;

    /// @param silence how long a read waits
    public ChunkInput(Chunks chunks, Duration silence) {
        this.chunks = chunks;
        this.silence = silence;
    }

    @Override
    public int read() throws IOException {
        return more() ? chunk[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int copied = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, offset, copied);
        at += copied;
        return copied;
    }

    private boolean more() throws IOException {
        while (at == chunk.length && !ended) {
            at = 0;
            try {
                byte[] next = chunks.next(silence);
                ended = next == null;
                chunk = next == null ? NOTHING : next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading an answer");
            }
        }
        return at < chunk.length;
    }

    @Override
    public void close() {
        chunks.close();
    }
}
