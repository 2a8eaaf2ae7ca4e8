package io.gantry.client.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkQueueTest {
    private final WorkQueue<String> queue = new WorkQueue<>();

    @Test
    void aKeyWaitsOnce() throws Exception {
        queue.add("a");
        queue.add("b");
        queue.add("a");
        assertEquals(Optional.of("a"), queue.take());
        assertEquals(Optional.of("b"), queue.take());
        assertEquals(0, queue.size());
    }

    @Test
    void aKeyAddedWhileHeldComesAfterDone() throws Exception {
        queue.add("a");
        queue.take();
        queue.add("a");
        assertEquals(0, queue.size());
        queue.done("a");
        assertEquals(Optional.of("a"), queue.take());
        queue.done("a");
        assertEquals(0, queue.size());
    }

    @Test
    void delayedKeysComeInOrderOfTheirTime() throws Exception {
        queue.addAfter("late", Duration.ofMillis(60));
        queue.addAfter("early", Duration.ofMillis(20));
        queue.addAfter("late", Duration.ofHours(1));
        assertEquals(Optional.of("early"), queue.take());
        assertEquals(Optional.of("late"), queue.take());
    }

    @Test
    void anEarlierDelayWins() throws Exception {
        queue.addAfter("a", Duration.ofHours(1));
        queue.addAfter("a", Duration.ofMillis(10));
        assertEquals(Optional.of("a"), queue.take());
        queue.done("a");
        assertEquals(0, queue.size());
    }

    @Test
    void rateLimitGrowsUntilForgotten() throws Exception {
        for (int i = 0; i < 4; i++) {
            queue.addRateLimited("a");
            assertEquals(Optional.of("a"), queue.take());
            queue.done("a");
        }
        assertEquals(4, queue.failures("a"));
        queue.forget("a");
        assertEquals(0, queue.failures("a"));
    }

    @Test
    void closeGivesOutWhatWaitsThenEnds() throws Exception {
        queue.add("a");
        queue.addAfter("never", Duration.ofMillis(1));
        queue.close();
        queue.add("late");
        assertEquals(Optional.of("a"), queue.take());
        assertEquals(Optional.empty(), queue.take());
    }

    @Test
    void noTwoWorkersHoldAKey() throws Exception {
        ConcurrentHashMap<String, AtomicInteger> holders = new ConcurrentHashMap<>();
        AtomicInteger clashes = new AtomicInteger();
        AtomicInteger handled = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(1);
        ControllerRunner<String> runner = new ControllerRunner<>("test", queue, 8, key -> {
            AtomicInteger holder = holders.computeIfAbsent(key, k -> new AtomicInteger());
            if (holder.incrementAndGet() > 1) {
                clashes.incrementAndGet();
            }
            Thread.onSpinWait();
            holder.decrementAndGet();
            if (handled.incrementAndGet() > 2000) {
                enough.countDown();
            }
            return Result.requeueAfter(Duration.ofNanos(1000));
        });
        runner.start();
        for (int i = 0; i < 5; i++) {
            queue.add("key-" + i);
        }
        assertTrue(enough.await(10, TimeUnit.SECONDS));
        runner.close();
        assertEquals(0, clashes.get());
    }

    @Test
    void aFailureComesAgain() throws Exception {
        List<Integer> attempts = new ArrayList<>();
        CountDownLatch succeeded = new CountDownLatch(1);
        try (ControllerRunner<String> runner = new ControllerRunner<>("test", queue, 1, key -> {
            attempts.add(attempts.size());
            if (attempts.size() < 3) {
                throw new IllegalStateException("not yet");
            }
            succeeded.countDown();
            return Result.done();
        })) {
            runner.start();
            queue.add("a");
            assertTrue(succeeded.await(10, TimeUnit.SECONDS));
        }
        assertEquals(0, queue.failures("a"));
    }
}
