package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    @Test
    void crashLoopWaitsTenSecondsAndDoublesToFiveMinutes() {
        List<Long> waits = new ArrayList<>();
        Instant now = Pods.T0;
        for (int i = 0; i < 8; i++) {
            Duration left = backOff.remaining("c", now, now);
            waits.add(left.toSeconds());
            now = now.plus(left);
            backOff.next("c", now, now);
        }
        assertEquals(List.of(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L), waits);
    }

    @Test
    void tenMinutesWithoutACrashStartOver() {
        backOff.next("c", Pods.T0, Pods.T0);
        backOff.next("c", Pods.T0, Pods.T0);
        Instant later = Pods.T0.plus(Duration.ofMinutes(11));
        assertEquals(Duration.ZERO, backOff.remaining("c", later, later));
        backOff.next("c", later, later);
        assertEquals(Duration.ofSeconds(10), backOff.delay("c"));
    }
}
