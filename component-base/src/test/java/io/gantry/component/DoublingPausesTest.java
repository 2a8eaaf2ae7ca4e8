package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoublingPausesTest {
    private final DoublingPauses pauses = new DoublingPauses(Duration.ofMillis(500), Duration.ofSeconds(3));

    @Test
    void eachIsTwiceTheOneBeforeAndNoneIsLongerThanTheLongest() {
        assertEquals(millis(500, 1_000, 2_000, 3_000, 3_000), five());
    }

    @Test
    void theyBeginAnewAfterASuccess() {
        five();
        pauses.reset();
        assertEquals(millis(500, 1_000, 2_000, 3_000, 3_000), five());
    }

    @Test
    void whatEndsTheTriesEndsAPause() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        DoublingPauses shortOnes = new DoublingPauses(Duration.ofMillis(1), Duration.ofMillis(1));
        assertFalse(shortOnes.await(end));
        end.countDown();
        assertTrue(new DoublingPauses(Duration.ofDays(1), Duration.ofDays(1)).await(end));
    }

    @Test
    void triesEndWithASuccessOrWhenThereIsNoMoreToBeTried() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        DoublingPauses shortOnes = new DoublingPauses(Duration.ofMillis(1), Duration.ofMillis(1));
        AtomicInteger tries = new AtomicInteger();
        shortOnes.tryUntilDone(() -> tries.incrementAndGet() == 3, end);
        assertEquals(3, tries.get());
        end.countDown();
        shortOnes.tryUntilDone(() -> tries.incrementAndGet() == 9, end);
        assertEquals(4, tries.get());
    }

    @Test
    void aLimitBelowTheFirstIsAMistake() {
        assertThrows(IllegalArgumentException.class, () -> new DoublingPauses(Duration.ofSeconds(2), Duration.ZERO));
    }

    private List<Duration> five() {
        return Stream.generate(pauses::next).limit(5).toList();
    }

    private static List<Duration> millis(int... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toList();
    }
}
