package io.gantry.kubeproxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SyncLoopTest {
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger looked = new AtomicInteger();
    private final AtomicBoolean intact = new AtomicBoolean(true);

    @Test
    void whatIsNoLongerThereIsDoneAgain() {
        try (SyncLoop loop = new SyncLoop(this::work, this::look, Duration.ofMillis(5))) {
            loop.start("test");
            await().until(() -> looked.get() > 3);
            assertEquals(1, done.get(), "all is there");
            intact.set(false);
            await().until(() -> done.get() == 2);
        }
    }

    @Test
    void newsAreNotHeldUp() {
        try (SyncLoop loop = new SyncLoop(this::work, this::look, Duration.ofHours(1))) {
            loop.start("test");
            await().until(() -> done.get() == 1);
            loop.wake();
            await().until(() -> done.get() == 2);
            assertEquals(0, looked.get());
        }
    }

    @Test
    void whoCannotLookDoesNothingAgain() {
        try (SyncLoop loop = new SyncLoop(this::work, this::fail, Duration.ofMillis(5))) {
            loop.start("test");
            await().until(() -> looked.get() > 3);
            assertEquals(1, done.get());
        }
    }

    private boolean fail() throws IOException {
        looked.incrementAndGet();
        throw new IOException("the kernel does not answer");
    }

    private boolean work() {
        done.incrementAndGet();
        intact.set(true);
        return true;
    }

    private boolean look() {
        looked.incrementAndGet();
        return intact.get();
    }
}
