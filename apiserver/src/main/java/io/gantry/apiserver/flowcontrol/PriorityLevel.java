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
    /// How much of the demand that was counts on, as upstream's.
    private static final double SMOOTH = 0.977;

    private final ReentrantLock lock = new ReentrantLock();
    private final LongAdder dispatched = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile LevelSettings settings;
    private Queue[] queues;
    private int nominal;
    private int limit;
    private int taken;
    /// Seats that are wanted and not there.
    private int wanted;

    private int mostWanted;
    private double smoothWanted;
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

    /// Nobody parks here: an event loop that did would wait behind a request that the loop itself carries.
    @SuppressWarnings("ThreadPriorityCheck") // The holder may have lost its processor.
    private void lock() {
        while (!lock.tryLock()) {
            Thread.yield();
        }
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
        lock();
        try {
            if (newSettings.queues() != queues.length && (newSettings.queues() > queues.length || waiting == 0)) {
                Queue[] wider = queues(newSettings.queues());
                System.arraycopy(queues, 0, wider, 0, Math.min(queues.length, wider.length));
                queues = wider;
            }
            settings = newSettings;
            nominal = Math.max(1, seats);
            limit = nominal;
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// What this level wants since the last call of this.
    Lending.Want want() {
        lock();
        try {
            int most = mostWanted;
            smoothWanted = Math.max(most, SMOOTH * smoothWanted + (1 - SMOOTH) * most);
            mostWanted = taken + wanted;
            return new Lending.Want(
                    nominal, settings.lendablePercent(), settings.borrowingPercent(), most, smoothWanted);
        } finally {
            lock.unlock();
        }
    }

    /// Lets the level have more or fewer seats than its own for a while.
    void lend(int seats) {
        lock();
        try {
            limit = Math.max(1, seats);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private void noteDemand() {
        mostWanted = Math.max(mostWanted, taken + wanted);
    }

    /// A seat at once, when one is free and nobody waits.
    ///
    /// @return false when there is none
    boolean tryTake(int width) {
        if (settings.exempt()) {
            lock();
            try {
                executing++;
            } finally {
                lock.unlock();
            }
            dispatched.increment();
            return true;
        }
        lock();
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
        lock();
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
            wanted += width;
            noteDemand();
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
        lock();
        try {
            for (Queue queue : queues) {
                if (withdrawn(queue, seated)) {
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

    private boolean withdrawn(Queue queue, CompletableFuture<Boolean> seated) {
        return queue.waiters.removeIf(waiter -> {
            boolean same = waiter.seated().equals(seated);
            wanted -= same ? waiter.width() : 0;
            return same;
        });
    }

    /// Gives seats back, and lets others have them.
    void release(int width) {
        lock();
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
        noteDemand();
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
            wanted -= waiter.width();
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

    /// Its own seats.
    int nominal() {
        lock();
        try {
            return nominal;
        } finally {
            lock.unlock();
        }
    }

    /// Its seats with what it borrows or without what it lends.
    int limit() {
        lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    int seatsTaken() {
        lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int executing() {
        lock();
        try {
            return executing;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock();
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
