package io.gantry.kubelet.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies bytes both ways until either side ends.
final class Pump {
    private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
    private static final int BUFFER_BYTES = 16 * 1024;

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

    /// Runs both directions; when either ends, `end` is called, which must make the other one end.
    static void both(Direction there, Direction back, Runnable end) {
        Thread other = Thread.ofVirtual().name("pump").start(() -> {
            run(there);
            end.run();
        });
        run(back);
        end.run();
        try {
            other.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Direction direction) {
        try {
            direction.run();
        } catch (IOException ended) {
            LOG.debug("stream ended: {}", ended.getMessage());
        }
    }
}
