package io.gantry.controllermanager.simulation;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Work that may wait in its midst. It has a thread of its own, but runs only while [#resume] waits for it: there is
/// never more than one thread at work, and the order is the simulation's.
final class Task {
    private static final ScopedValue<Task> CURRENT = ScopedValue.newInstance();

    private final Semaphore turn = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private final Thread thread;
    private BooleanSupplier condition = () -> true;
    private Instant deadline = Instant.MAX;
    private boolean started;
    private boolean done;
    private @Nullable Throwable thrown;

    Task(Runnable work) {
        thread = Thread.ofVirtual()
                .unstarted(() -> ScopedValue.where(CURRENT, this).run(() -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        thrown = e;
                    }
                    done = true;
                    back.release();
                }));
    }

    /// Gives the turn back until the condition is worth a look, or the time is up.
    static void pause(BooleanSupplier condition, Instant deadline) throws InterruptedException {
        Task task = CURRENT.get();
        task.condition = condition;
        task.deadline = deadline;
        task.back.release();
        task.turn.acquire();
    }

    /// Whether it could go on.
    boolean isOpen(Instant now) {
        return now.isAfter(deadline) || holds();
    }

    /// What a condition throws, the task is to meet.
    private boolean holds() {
        try {
            return condition.getAsBoolean();
        } catch (RuntimeException e) {
            return true;
        }
    }

    /// Lets it go on to its next pause or its end.
    ///
    /// @return whether it ended
    boolean resume() throws InterruptedException {
        if (started) {
            turn.release();
        } else {
            started = true;
            thread.start();
        }
        back.acquire();
        switch (thrown) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(thrown);
        }
        return done;
    }

    /// It ends where it is.
    void abandon() {
        if (!started || done) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
