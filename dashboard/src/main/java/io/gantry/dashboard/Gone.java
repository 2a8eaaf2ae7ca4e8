package io.gantry.dashboard;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends what is done for a browser when the browser goes away: nobody writes to a quiet stream, so nobody would notice.
final class Gone {
    private static final Logger LOG = LoggerFactory.getLogger(Gone.class);

    /// Reads what the browser still sends, until it sends no more.
    interface Reading {
        void untilEnd() throws IOException;
    }

    private Gone() {}

    /// Interrupts the thread that calls, a virtual one that serves one connection alone, when the reading has ended.
    static void watch(Reading reading) {
        Thread serving = Thread.currentThread();
        Thread.startVirtualThread(() -> {
            try {
                reading.untilEnd();
            } catch (IOException e) {
                LOG.debug("the browser went away", e);
            }
            serving.interrupt();
        });
    }
}
