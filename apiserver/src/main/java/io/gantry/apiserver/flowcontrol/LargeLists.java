package io.gantry.apiserver.flowcontrol;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many large lists of one flow are on their way at a time. Their bytes are the cache's own and cost no
/// memory, but encrypting and sending them keeps the event loops busy that others need too; so a flow gets
/// as many as the machine has cores, and its further ones wait. A client that reads slowly gives its place
/// back after a while: it keeps nobody busy.
final class LargeLists {
    static final int OBJECTS = 1000;
    private static final int AT_ONCE = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 16);
    private static final int MAX_WAITING = 200;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final class Gate {
        private final Semaphore places = new Semaphore(AT_ONCE, true);
        private int users;
    }

    private final Map<Long, Gate> gates = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    /// @param timer takes back the places of slow clients
    LargeLists(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /// A place, when one is free.
    Optional<Place> tryEnter(long flow) {
        Gate gate = use(flow);
        if (gate.places.tryAcquire()) {
            return Optional.of(new Place(flow, gate));
        }
        leave(flow);
        return Optional.empty();
    }

    /// Waits for a place. Blocks a virtual thread.
    ///
    /// @return empty when too many wait, or it took too long
    Optional<Place> enter(long flow, Duration patience) throws InterruptedException {
        Gate gate = use(flow);
        boolean entered = false;
        try {
            entered = gate.places.getQueueLength() < MAX_WAITING
                    && gate.places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            return entered ? Optional.of(new Place(flow, gate)) : Optional.empty();
        } finally {
            if (!entered) {
                leave(flow);
            }
        }
    }

    private Gate use(long flow) {
        return gates.compute(flow, (key, there) -> {
            Gate gate = there == null ? new Gate() : there;
            gate.users++;
            return gate;
        });
    }

    private void leave(long flow) {
        gates.computeIfPresent(flow, (key, gate) -> --gate.users == 0 ? null : gate);
    }

    /// A list's place; give it back once, a second time does nothing.
    final class Place implements AutoCloseable {
        private final long flow;
        private final Gate gate;
        private final AtomicBoolean back = new AtomicBoolean();

        Place(long flow, Gate gate) {
            this.flow = flow;
            this.gate = gate;
        }

        /// Gives it back after the longest time at the latest.
        void closeInTime() {
            timer.schedule(this::close, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            if (back.compareAndSet(false, true)) {
                gate.places.release();
                leave(flow);
            }
        }
    }
}
