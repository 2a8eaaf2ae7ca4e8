package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.gantry.store.Store;
import io.gantry.store.memory.MemoryStore;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// A server that is told to end while it waits for its store.
class StoreOpeningTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// As an etcd that never answers: `envtest` waits twenty seconds for a server that it stops.
    @Test
    void waitingEndsWithTheProcess() {
        StoreOpening opening = StoreOpening.start(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("nothing was opened");
        });
        opening.giveUp();
        assertTimeoutPreemptively(LIMIT, () -> {
            assertThrows(CancellationException.class, opening::await);
        });
    }

    @Test
    void anOpenStoreStaysOpen() throws Exception {
        try (Store store = new MemoryStore()) {
            StoreOpening opening = StoreOpening.start(() -> store);
            assertSame(store, opening.await());
            opening.giveUp();
            assertSame(store, opening.await());
        }
    }
}
