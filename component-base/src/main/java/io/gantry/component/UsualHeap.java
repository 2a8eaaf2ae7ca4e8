package io.gantry.component;

import java.time.Duration;

/// Keeps a heap near what it holds although it may become much larger: the serial collector grows the heap as long
/// as it may before it looks at old objects.
///
/// For a process that is started with [#option(int)]. One owner thread.
public final class UsualHeap {
    private static final String ASKED = "gantry.usualHeapMegabytes";
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final long usualBytes;
    private long boundBytes;

    UsualHeap(long usualBytes) {
        this.usualBytes = usualBytes;
        this.boundBytes = usualBytes;
    }

    /// The option of the virtual machine by which a process is told.
    ///
    /// @param megabytes up to which the heap may grow before old objects are looked at
    public static String option(int megabytes) {
        return "-D" + ASKED + "=" + megabytes;
    }

    /// To be called once by a process; returns at once. Does nothing where the process was not asked to.
    static void keep() {
        int megabytes = Integer.getInteger(ASKED, 0);
        if (megabytes > 0) {
            UsualHeap heap = new UsualHeap((long) megabytes << 20);
            VirtualThreads.background().name("usual-heap").start(heap::run);
        }
    }

    private void run() {
        Runtime runtime = Runtime.getRuntime();
        try {
            while (true) {
                Thread.sleep(PERIOD);
                if (isTooLarge(runtime.totalMemory())) {
                    System.gc();
                    collected(runtime.totalMemory());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param totalBytes what the heap takes, used or not
    boolean isTooLarge(long totalBytes) {
        return totalBytes > boundBytes;
    }

    /// What holds more than usual is looked at again when it has grown by a third.
    void collected(long totalBytes) {
        boundBytes = Math.max(usualBytes, totalBytes / 3 * 4);
    }
}
