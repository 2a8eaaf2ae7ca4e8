package io.gantry.kubelet.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies bytes both ways until either side ends.
final class Pump {
    private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(1);

    /// One direction's work.
    interface Direction {
        void run() throws IOException;
    }

    private Pump() {}

    /// Copies until the end of input; does not close.
    static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
        }
    }

    /// Writes what a client sent to a backend. One that takes no more is no end: its last words may still be on
    /// their way to the client, whose further bytes are dropped.
    static void offer(Direction write) {
        run(write);
    }

    /// Copies until the end of input, whether the output takes it or not.
    static void offerAll(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            int count = n;
            offer(() -> {
                out.write(buffer, 0, count);
                out.flush();
            });
        }
    }

    /// Runs both directions between a client and a backend. When the client ends, so does all. When the backend
    /// ends, the client is told and has [#LINGER] to end by itself: a connection that is closed while it still
    /// sends may lose what it was sent.
    ///
    /// @param there from the client, offering what it reads
    /// @param back to the client
    static void both(HttpConnection client, Backend backend, Direction there, Direction back) {
        Thread other = Thread.ofVirtual().name("pump").start(() -> {
            run(there);
            end(client, backend);
        });
        run(back);
        run(client.socket()::shutdownOutput);
        try {
            other.join(LINGER);
            end(client, backend);
            other.join();
        } catch (InterruptedException interrupted) {
            end(client, backend);
            Thread.currentThread().interrupt();
        }
    }

    private static void end(HttpConnection client, Backend backend) {
        run(backend::close);
        run(client.socket()::close);
    }

    private static void run(Direction direction) {
        try {
            direction.run();
        } catch (IOException ended) {
            LOG.debug("stream ended: {}", ended.getMessage());
        }
    }
}
