package io.gantry.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back what a burst of work made a large heap grow by: a collector with short pauses grows the heap rather than
/// collect old objects while there is much to do, and afterwards nothing makes it look.
///
/// For a process whose collections on request run beside the program (`-XX:+ExplicitGCInvokesConcurrent`); it is
/// started with `-Dgantry.returnHeap=true` then.
public final class GrownHeap {
    private static final Logger LOG = LoggerFactory.getLogger(GrownHeap.class);
    private static final Path USE = Path.of("/proc/self/stat");
    private static final String ASKED = "gantry.returnHeap";
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final long SMALL_BYTES = 256L << 20;

    /// Who uses more of the processor, half a core, is not calm: the collector looks at old objects by itself then.
    private static final long CALM_TICKS = PERIOD.toSeconds() * 100 / 2;

    /// So many tenths of what is in use may be there before a collection is worth its work.
    private static final int TENTHS = 15;

    private GrownHeap() {}

    /// To be called once by a `…Main`; returns at once.
    public static void returnWhenCalm() {
        if (Boolean.getBoolean(ASKED)) {
            VirtualThreads.background().name("grown-heap").start(GrownHeap::run);
        }
    }

    private static void run() {
        Runtime runtime = Runtime.getRuntime();
        try {
            long before = ticks();
            while (true) {
                Thread.sleep(PERIOD);
                long now = ticks();
                long total = runtime.totalMemory();
                if (isCalm(now - before) && isTooLarge(total, total - runtime.freeMemory())) {
                    System.gc();
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.info("the heap stays as large as it is: {}", e.getMessage());
        }
    }

    private static long ticks() throws IOException {
        return StartupMemory.Calm.ticks(Files.readString(USE));
    }

    /// @param ticks of processor time since the look before, hundredths of a second
    static boolean isCalm(long ticks) {
        return ticks < CALM_TICKS;
    }

    static boolean isTooLarge(long totalBytes, long usedBytes) {
        return totalBytes > SMALL_BYTES && totalBytes > usedBytes / 10 * TENTHS;
    }
}
