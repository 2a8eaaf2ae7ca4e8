package io.gantry.client;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.client.http.LineStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// An open watch, read by one thread; any thread may close it.
public final class Watch<T extends KubernetesObject> implements AutoCloseable {
    private final LineStream lines;
    private final Decoder<T> decoder;
    private final Duration silence;

    Watch(LineStream lines, Decoder<T> decoder, Duration silence) {
        this.lines = lines;
        this.decoder = decoder;
        this.silence = silence;
    }

    /// The next event; empty when the server ended the watch or it was closed. Blocks.
    ///
    /// @throws StatusException for an ERROR event (410: list again), and 503 when the connection broke
    public Optional<WatchEvent<T>> next() throws InterruptedException {
        try {
            while (true) {
                Optional<byte[]> line = lines.next(silence);
                if (line.isEmpty()) {
                    return Optional.empty();
                }
                if (line.get().length > 0) {
                    return Optional.of(decoder.event(line.get()));
                }
            }
        } catch (IOException e) {
            StatusException failure = StatusException.unavailable("watch: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
