package io.gantry.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.cli.CliException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HoldWatchTest {
    private static final List<HeldProcess> KUBELET = List.of(new HeldProcess("vm-2/kubelet", 4711));
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void workIsDoneWhileNothingIsHeld() throws Exception {
        assertEquals("done", new HoldWatch(List::of, SHORT).during(() -> "done"));
    }

    @Test
    void whatTheWorkSaysIsSaid() {
        HoldWatch watch = new HoldWatch(List::of, SHORT);
        var e = assertThrows(
                CliException.class,
                () -> watch.during(() -> {
                    throw new CliException("no port");
                }));
        assertEquals("no port", e.getMessage());
    }

    @Test
    void nothingIsBegunWhileAProcessIsHeld() {
        AtomicBoolean begun = new AtomicBoolean();
        HoldWatch watch = new HoldWatch(() -> KUBELET, SHORT);
        var e = assertThrows(
                CliException.class,
                () -> watch.during(() -> {
                    begun.set(true);
                    return 0;
                }));
        assertFalse(begun.get());
        assertTrue(e.getMessage().contains("vm-2/kubelet (process 4711)"), e.getMessage());
        assertTrue(e.getMessage().contains("kill -CONT 4711"), e.getMessage());
    }

    @Test
    void whatWaitsInVainIsInterrupted() throws Exception {
        AtomicBoolean held = new AtomicBoolean();
        CountDownLatch interrupted = new CountDownLatch(1);
        HoldWatch watch = new HoldWatch(() -> held.get() ? KUBELET : List.of(), SHORT);
        assertThrows(
                CliException.class,
                () -> watch.during(() -> {
                    held.set(true);
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return 0;
                }));
        assertTrue(interrupted.await(30, TimeUnit.SECONDS));
    }

    /// Whoever freezes a machine's processes lets them go on one after the other.
    @Test
    void oneThatGoesOnSoonIsNoReasonToEnd() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        HoldWatch watch = new HoldWatch(() -> asked.getAndSet(true) ? List.of() : KUBELET, Duration.ofSeconds(30));
        assertEquals(1, watch.during(() -> 1));
    }

    @Test
    void severalAreNamedTogether() {
        String words = HeldProcess.words(List.of(new HeldProcess("supervisor", 1), new HeldProcess("apiserver", 2)));
        assertTrue(words.contains("supervisor (process 1), apiserver (process 2)"), words);
        assertTrue(words.contains("`kill -CONT 1 2`"), words);
    }
}
