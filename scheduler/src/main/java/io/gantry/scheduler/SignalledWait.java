package io.gantry.scheduler;

import io.gantry.api.KubernetesObject;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Blocks the caller's thread, and looks again whenever the informer told of a change.
final class SignalledWait implements ClaimWait {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    SignalledWait(Informer<? extends KubernetesObject> informer) {
        informer.addHandler(InformerHandler.onAny(object -> signal()));
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    return false;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
