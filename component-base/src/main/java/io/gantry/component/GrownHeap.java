package io.gantry.component;

import java.time.Duration;

/// Gives back what a burst of work made a large heap grow by: a collector with short pauses grows the heap rather than
/// collect old objects while there is much to do, and afterwards nothing makes it look.
///
/// For a process whose collections on request run beside the program (`-XX:+ExplicitGCInvokesConcurrent`); it is
/// started with `-Dgantry.returnHeap=true` then.
public final class GrownHeap {
    private static final String ASKED = "gantry.returnHeap";
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final long SMALL_BYTES = 256L << 20;

    /// So many tenths of what is in use may be there before a collection is worth its work.
    private static final int TENTHS = 15;

    private GrownHeap() {}

    /// To be called once by a `…Main`; returns at once.
    public static void returnWhenCalm() {
        if (Boolean.getBoolean(ASKED)) {
            Thread.ofVirtual().name("grown-heap").start(GrownHeap::run);
        }
    }

    private static void run() {
        Runtime runtime = Runtime.getRuntime();
        try {
            while (true) {
                Thread.sleep(PERIOD);
                long total = runtime.totalMemory();
                if (isTooLarge(total, total - runtime.freeMemory())) {
                    System.gc();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean isTooLarge(long totalBytes, long usedBytes) {
        return totalBytes > SMALL_BYTES && totalBytes > usedBytes / 10 * TENTHS;
    }
}
