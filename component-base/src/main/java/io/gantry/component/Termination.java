package io.gantry.component;

import java.util.concurrent.CountDownLatch;

/// The end of a process in order: it is asked to end (SIGTERM, SIGINT or [System#exit]), and lives until its work has
/// ended. One a process; thread-safe.
public final class Termination implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private Termination() {}

    /// From now on the process does not end before [#close].
    public static Termination prepare() {
        return prepare(() -> {});
    }

    /// From now on the process does not end before [#close].
    ///
    /// @param stop runs once when the process is asked to end, beside the work
    public static Termination prepare(Runnable stop) {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> termination.run(stop)));
        return termination;
    }

    private void run(Runnable stop) {
        asked.countDown();
        stop.run();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Open once the process is asked to end.
    public CountDownLatch asked() {
        return asked;
    }

    /// Says that the work has ended.
    @Override
    public void close() {
        ended.countDown();
    }
}
