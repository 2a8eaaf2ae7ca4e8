package io.gantry.client.work;

import io.gantry.api.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a reconciler over the keys of a queue on a number of virtual threads.
public final class ControllerRunner<K> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerRunner.class);

    private final String name;
    private final WorkQueue<K> queue;
    private final int workers;
    private final Reconciler<K> reconciler;
    private final List<Thread> threads = new ArrayList<>();

    /// @param name in logs and thread names
    public ControllerRunner(String name, WorkQueue<K> queue, int workers, Reconciler<K> reconciler) {
        this.name = name;
        this.queue = queue;
        this.workers = workers;
        this.reconciler = reconciler;
    }

    /// Starts the workers; informers should have synced before, or reconcilers see half of the world.
    public void start() {
        for (int i = 0; i < workers; i++) {
            threads.add(Thread.ofVirtual().name(name + "-" + i).start(this::work));
        }
    }

    private void work() {
        try {
            Optional<K> key = queue.take();
            while (key.isPresent()) {
                one(key.get());
                key = queue.take();
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: worker stopped", name);
        }
    }

    /// Reconciles one key that is ready, on the caller's thread: for simulations, which start no workers.
    ///
    /// @return whether there was one
    public boolean step() throws InterruptedException {
        Optional<K> key = queue.poll();
        if (key.isPresent()) {
            one(key.get());
        }
        return key.isPresent();
    }

    /// The name given.
    public String name() {
        return name;
    }

    /// The queue that it works on.
    public WorkQueue<K> queue() {
        return queue;
    }

    /// How many keys are ready now.
    public int ready() {
        return queue.size();
    }

    /// How long until a delayed key is ready; empty when none waits.
    public Optional<Duration> nextDelay() {
        return queue.nextDelay();
    }

    private void one(K key) throws InterruptedException {
        try {
            Result result = reconciler.reconcile(key);
            queue.forget(key);
            if (result instanceof Result.RequeueAfter again) {
                queue.addAfter(key, again.delay());
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            report(key, e);
            queue.addRateLimited(key);
        } finally {
            queue.done(key);
        }
    }

    /// A conflict is the normal course of optimistic writes; what fails again and again is told less and less often.
    private void report(K key, Exception e) {
        if (e instanceof StatusException status) {
            boolean told = Integer.bitCount(queue.failures(key)) > 1;
            if (status.isConflict() || told) {
                LOG.debug("{}: {}: {}", name, key, status.getMessage());
            } else {
                LOG.warn("{}: {}: {}", name, key, status.getMessage());
            }
        } else {
            LOG.error("{}: {}", name, key, e);
        }
    }

    /// Closes the queue and interrupts the workers, then waits for them.
    @Override
    public void close() {
        queue.close();
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        threads.clear();
    }
}
