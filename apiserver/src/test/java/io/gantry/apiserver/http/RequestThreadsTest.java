package io.gantry.apiserver.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.component.VirtualThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "the-loop"));
    private final RequestThreads threads = new RequestThreads();

    @AfterEach
    void end() {
        loop.shutdownNow();
        threads.close();
    }

    @Test
    void briefWorkIsCarriedByTheLoopAndDoesNotHoldItWhileItWaits() throws Exception {
        CompletableFuture<String> before = new CompletableFuture<>();
        CompletableFuture<String> after = new CompletableFuture<>();
        CountDownLatch stored = new CountDownLatch(1);
        threads.execute(loop, true, () -> {
            before.complete(carrier());
            try {
                stored.await();
            } catch (InterruptedException e) {
                after.completeExceptionally(e);
            }
            after.complete(carrier());
        });
        assertCarriedBy("the-loop", get(before));

        String meanwhile = loop.submit(() -> Thread.currentThread().getName()).get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertEquals("the-loop", meanwhile);
        assertFalse(after.isDone());

        stored.countDown();
        assertCarriedBy("the-loop", get(after));
    }

    @Test
    void otherWorkLeavesTheLoopAlone() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        threads.execute(loop, false, () -> ran.complete(carrier()));
        assertCarriedBy("ForkJoinPool", get(ran));
    }

    @Test
    void whatBriefWorkStartsInTheBackgroundLeavesTheLoop() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        threads.execute(loop, true, () -> VirtualThreads.background().start(() -> ran.complete(carrier())));
        assertCarriedBy("ForkJoinPool", get(ran));
    }

    @Test
    void workThatWaitsWhenItsLoopEndsIsStillDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stored = new CountDownLatch(1);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        threads.execute(loop, true, () -> {
            begun.countDown();
            try {
                done.complete(stored.await(LONG.toSeconds(), TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
        });
        assertTrue(begun.await(LONG.toSeconds(), TimeUnit.SECONDS));
        loop.shutdown();
        assertTrue(loop.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS));

        stored.countDown();
        assertTrue(done.get(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void aLoopMayWaitForALockBehindItsOwnWork() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        CompletableFuture<Boolean> carried = new CompletableFuture<>();
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        lock.lock();
        threads.execute(loop, true, () -> carried.complete(locked(lock)));
        await().until(() -> lock.getQueueLength() == 1);
        loop.execute(() -> own.complete(locked(lock)));
        await().until(() -> lock.getQueueLength() == 2);

        lock.unlock();
        assertTrue(carried.get(LONG.toSeconds(), TimeUnit.SECONDS));
        assertTrue(own.get(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    private static boolean locked(ReentrantLock lock) {
        lock.lock();
        try {
            return lock.isHeldByCurrentThread();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void endsWhenAllWorkHasEnded() throws Exception {
        CountDownLatch stored = new CountDownLatch(1);
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        threads.execute(loop, true, () -> {
            begun.countDown();
            try {
                stored.await();
            } catch (InterruptedException e) {
                interrupted.complete(null);
            }
        });
        assertTrue(begun.await(LONG.toSeconds(), TimeUnit.SECONDS));
        threads.shutdown();
        assertFalse(threads.awaitTermination(Duration.ofMillis(1)));
        assertThrows(RejectedExecutionException.class, () -> threads.execute(loop, true, () -> {}));

        threads.shutdownNow();
        assertTrue(threads.awaitTermination(LONG));
        assertTrue(interrupted.isDone());
    }

    private static void assertCarriedBy(String carrier, String thread) {
        assertTrue(thread.contains(carrier), () -> "carried by " + thread);
    }

    /// A virtual thread's text ends with its carrier's.
    private static String carrier() {
        return Thread.currentThread().toString();
    }

    private static String get(CompletableFuture<String> future) throws Exception {
        return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }
}
