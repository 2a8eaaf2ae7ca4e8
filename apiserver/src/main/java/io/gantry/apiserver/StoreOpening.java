package io.gantry.apiserver;

import io.gantry.store.Store;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// The store while it opens, on a thread of its own: its index is read, or etcd waited for, while certificates and
/// classes are loaded elsewhere. Thread-safe.
final class StoreOpening {
    private final FutureTask<Store> task;

    private StoreOpening(FutureTask<Store> task) {
        this.task = task;
    }

    static StoreOpening start(Supplier<Store> open) {
        FutureTask<Store> task = new FutureTask<>(open::get);
        Thread.ofPlatform().name("store-open").daemon().start(task);
        return new StoreOpening(task);
    }

    /// Waits for it no longer: the process ends. Nothing happens to a store that is open.
    void giveUp() {
        task.cancel(true);
    }

    /// The store, once it is open.
    ///
    /// @throws CancellationException when it was given up
    Store await() throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("cannot open the store", e.getCause());
        }
    }
}
