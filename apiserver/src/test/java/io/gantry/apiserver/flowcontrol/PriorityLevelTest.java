package io.gantry.apiserver.flowcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PriorityLevelTest {
    private static final int SEATS = 2;

    private static PriorityLevel level(int queues, int length) {
        LevelSettings settings =
                new LevelSettings("test", "uid", false, 10, queues, Math.min(1, queues), length, 0, -1);
        PriorityLevel level = new PriorityLevel(settings);
        level.configure(settings, SEATS);
        return level;
    }

    @Test
    void seatsAreGivenUntilThereAreNone() {
        PriorityLevel level = level(4, 10);
        assertTrue(level.tryTake(1));
        assertTrue(level.tryTake(1));
        assertFalse(level.tryTake(1));
        level.release(1);
        assertTrue(level.tryTake(1));
        assertEquals(SEATS, level.seatsTaken());
    }

    @Test
    void aRequestWiderThanTheLevelGetsItsTurnAlone() {
        PriorityLevel level = level(4, 10);
        assertTrue(level.tryTake(10));
        assertFalse(level.tryTake(1));
        level.release(10);
        assertTrue(level.tryTake(1));
    }

    @Test
    void withoutQueuesItRefuses() {
        PriorityLevel level = level(0, 0);
        assertTrue(level.tryTake(2));
        assertTrue(level.enqueue(1, 1).isEmpty());
        assertEquals(1, level.rejected());
    }

    @Test
    void aFullQueueRefuses() {
        PriorityLevel level = level(1, 2);
        assertTrue(level.tryTake(2));
        assertTrue(level.enqueue(1, 1).isPresent());
        assertTrue(level.enqueue(1, 1).isPresent());
        assertTrue(level.enqueue(1, 1).isEmpty());
        assertEquals(2, level.waiting());
    }

    @Test
    void aFlowWithManyRequestsDoesNotDelayOneWithFew() {
        PriorityLevel level = level(64, 50);
        assertTrue(level.tryTake(2));
        List<CompletableFuture<Boolean>> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(level.enqueue(1, 1).orElseThrow());
        }
        CompletableFuture<Boolean> few = level.enqueue(2, 1).orElseThrow();
        level.release(2);
        // Two seats are free: the first of the many, then the one, though 39 came before it.
        level.release(1);
        assertTrue(few.isDone());
        assertTrue(many.stream().filter(CompletableFuture::isDone).count() <= 3);
    }

    @Test
    void whoGivesUpWaitingTakesNoSeat() {
        PriorityLevel level = level(1, 10);
        assertTrue(level.tryTake(2));
        CompletableFuture<Boolean> waiting = level.enqueue(1, 1).orElseThrow();
        assertTrue(level.cancel(waiting));
        level.release(2);
        assertEquals(0, level.seatsTaken());
        assertFalse(level.cancel(waiting));
    }
}
