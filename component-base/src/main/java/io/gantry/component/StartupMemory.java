package io.gantry.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back what only the start of a process, or a burst of work, needed: one full collection when it is over, after
/// which the serial collector returns the pages of the shrunken heap, and the clean pages of archives and libraries. A
/// process at rest makes so little garbage that a full collection would not come by itself for hours, and needs an
/// eighth of the archive's pages that its start has touched.
public final class StartupMemory {
    private static final Logger LOG = LoggerFactory.getLogger(StartupMemory.class);
    private static final Path USE = Path.of("/proc/self/stat");
    private static final Duration AFTER_START = Duration.ofSeconds(15);
    /// How often somebody looks whether the process has come to rest.
    private static final Duration PERIOD = Duration.ofSeconds(30);
    /// Above this much in use a collection is a pause that clients notice, and the heap is not the start's any more.
    private static final long LARGEST_HEAP_BYTES = 64L << 20;
    /// Less garbage is not worth a collection.
    private static final long GARBAGE_BYTES = 4L << 20;

    private final Calm calm = new Calm();
    private long usedAfterCollection;

    private StartupMemory() {}

    /// To be called once by a `…Main`; returns at once.
    public static void releaseLater() {
        VirtualThreads.background().name("startup-memory").start(() -> {
            try {
                new StartupMemory().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.info("what is not needed stays resident: {}", e.getMessage());
            }
        });
    }

    private void run() throws InterruptedException, IOException {
        Thread.sleep(AFTER_START);
        MappedFilePages files = MappedFilePages.find();
        release(files);
        while (true) {
            Thread.sleep(PERIOD);
            if (calm.since(Calm.ticks(Files.readString(USE)))) {
                release(files);
            }
        }
    }

    private void release(MappedFilePages files) {
        long used = used();
        if (used >= LARGEST_HEAP_BYTES) {
            return;
        }
        if (used > usedAfterCollection + GARBAGE_BYTES) {
            System.gc();
            usedAfterCollection = used();
        }
        files.release();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// Tells when a process that had something to do has come to rest: it used less than a fiftieth of a core since the
    /// look before. The start is something to do.
    static final class Calm {
        private static final long MOST_TICKS = PERIOD.toSeconds() * 100 / 50;

        private boolean busy = true;
        private long before;

        /// @param ticks processor time used until now, hundredths of a second
        /// @return true once each time it came to rest
        boolean since(long ticks) {
            long used = ticks - before;
            before = ticks;
            if (used > MOST_TICKS) {
                busy = true;
                return false;
            }
            boolean rested = busy;
            busy = false;
            return rested;
        }

        /// User and system time in what the kernel says of a process.
        static long ticks(String stat) {
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
    }
}
