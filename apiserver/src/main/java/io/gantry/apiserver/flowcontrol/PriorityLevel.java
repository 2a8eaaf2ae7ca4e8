package io.gantry.apiserver.flowcontrol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// Seats, and the queues of those who wait for them. Queues take turns by the seats that they have used: the queue that
/// used least goes first, so that a flow with many requests gets no more than one with few. Thread-safe; the lock is
/// held for a few instructions.
final class PriorityLevel {
    private final ReentrantLock lock = new ReentrantLock();
    private final LongAdder dispatched = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile LevelSettings settings;
    private Queue[] queues;
    private int limit;
    private int taken;
    private int executing;
    private int waiting;
    private double virtualTime;

    private static final class Queue {
        private final Deque<Waiter> waiters = new ArrayDeque<>();
        private double used;
    }

    private record Waiter(int width, CompletableFuture<Boolean> seated) {}

    PriorityLevel(LevelSettings settings) {
        this.settings = settings;
        this.queues = queues(settings.queues());
    }

    private static Queue[] queues(int count) {
        Queue[] queues = new Queue[count];
        for (int i = 0; i < count; i++) {
            queues[i] = new Queue();
        }
        return queues;
    }

    LevelSettings settings() {
        return settings;
    }

    /// New settings and seats. Those who wait go on waiting: queues are added, and taken away only while empty.
    void configure(LevelSettings newSettings, int seats) {
        lock.lock();
        try {
            if (newSettings.queues() != queues.length && (newSettings.queues() > queues.length || waiting == 0)) {
                Queue[] wider = queues(newSettings.queues());
                System.arraycopy(queues, 0, wider, 0, Math.min(queues.length, wider.length));
                queues = wider;
            }
            settings = newSettings;
            limit = Math.max(1, seats);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// A seat at once, when one is free and nobody waits.
    ///
    /// @return false when there is none
    boolean tryTake(int width) {
        if (settings.exempt()) {
            lock.lock();
            try {
                executing++;
            } finally {
                lock.unlock();
            }
            dispatched.increment();
            return true;
        }
        lock.lock();
        try {
            if (waiting > 0 || !fits(width)) {
                return false;
            }
            take(width);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits in a queue of the flow's hand, the shortest.
    ///
    /// @return completes when a seat was taken; empty when the queue is full, or there is none
    Optional<CompletableFuture<Boolean>> enqueue(long flowHash, int width) {
        lock.lock();
        try {
            if (waiting == 0 && fits(width)) {
                take(width);
                return Optional.of(CompletableFuture.completedFuture(true));
            }
            if (settings.queues() == 0) {
                rejected.increment();
                return Optional.empty();
            }
            Queue queue = shortest(ShuffleSharding.deal(flowHash, settings.queues(), settings.handSize()));
            if (queue.waiters.size() >= settings.queueLengthLimit()) {
                rejected.increment();
                return Optional.empty();
            }
            if (queue.waiters.isEmpty()) {
                queue.used = Math.max(queue.used, virtualTime);
            }
            Waiter waiter = new Waiter(width, new CompletableFuture<>());
            queue.waiters.add(waiter);
            waiting++;
            return Optional.of(waiter.seated());
        } finally {
            lock.unlock();
        }
    }

    private Queue shortest(int[] hand) {
        Queue best = queues[hand[0]];
        for (int card : hand) {
            if (queues[card].waiters.size() < best.waiters.size()) {
                best = queues[card];
            }
        }
        return best;
    }

    /// Gives up waiting.
    ///
    /// @return false when the seat was taken meanwhile: then it must be given back
    boolean cancel(CompletableFuture<Boolean> seated) {
        lock.lock();
        try {
            for (Queue queue : queues) {
                if (queue.waiters.removeIf(waiter -> waiter.seated().equals(seated))) {
                    waiting--;
                    rejected.increment();
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Gives seats back, and lets others have them.
    void release(int width) {
        lock.lock();
        try {
            executing--;
            if (!settings.exempt()) {
                taken = Math.max(0, taken - width);
                dispatch();
            }
        } finally {
            lock.unlock();
        }
    }

    /// A request wider than the level still gets its turn, alone.
    private boolean fits(int width) {
        return taken == 0 || taken + width <= limit;
    }

    private void take(int width) {
        taken += width;
        executing++;
        dispatched.increment();
    }

    private void dispatch() {
        while (waiting > 0) {
            Queue next = next();
            if (!fits(next.waiters.element().width())) {
                return;
            }
            Waiter waiter = next.waiters.remove();
            waiting--;
            take(waiter.width());
            virtualTime = Math.max(virtualTime, next.used);
            next.used += waiter.width();
            waiter.seated().complete(true);
        }
    }

    private Queue next() {
        Queue best = null;
        for (Queue queue : queues) {
            if (!queue.waiters.isEmpty() && (best == null || queue.used < best.used)) {
                best = queue;
            }
        }
        if (best == null) {
            throw new IllegalStateException("somebody waits in no queue");
        }
        return best;
    }

    int limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    int seatsTaken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int executing() {
        lock.lock();
        try {
            return executing;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    long dispatched() {
        return dispatched.sum();
    }

    long rejected() {
        return rejected.sum();
    }
}
