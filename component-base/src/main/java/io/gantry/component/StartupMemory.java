package io.gantry.component;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back what only the start of a process needed: one full collection when the start is over, after which the
/// serial collector returns the pages of the shrunken heap, and the clean pages of archives and libraries. A process at
/// rest makes so little garbage that a full collection would not come by itself for hours.
public final class StartupMemory {
    private static final Logger LOG = LoggerFactory.getLogger(StartupMemory.class);
    private static final Duration AFTER_START = Duration.ofSeconds(15);
    /// Above this much in use a collection is a pause that clients notice, and the heap is not the start's any more.
    private static final long LARGEST_HEAP_BYTES = 64L << 20;

    private StartupMemory() {}

    /// To be called once by a `…Main`; returns at once.
    public static void releaseLater() {
        Thread.ofVirtual().name("startup-memory").start(() -> {
            try {
                Thread.sleep(AFTER_START);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            Runtime runtime = Runtime.getRuntime();
            if (runtime.totalMemory() - runtime.freeMemory() < LARGEST_HEAP_BYTES) {
                System.gc();
                releaseMappedFiles();
            }
        });
    }

    private static void releaseMappedFiles() {
        try {
            MappedFilePages.release();
        } catch (IOException e) {
            LOG.info("the clean pages of mapped files stay resident: {}", e.getMessage());
        }
    }
}
