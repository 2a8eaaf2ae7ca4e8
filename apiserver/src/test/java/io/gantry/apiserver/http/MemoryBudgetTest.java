package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void whatDoesNotFitIsRefusedUntilSomeIsGivenBack() {
        MemoryBudget budget = new MemoryBudget(100);
        assertTrue(budget.tryTake(60));
        assertFalse(budget.tryTake(60));
        assertTrue(budget.tryTake(40));
        budget.give(60);
        assertTrue(budget.tryTake(60));
        assertEquals(100, budget.taken());
    }

    @Test
    void whatIsLargerThanTheBudgetGetsItAlone() {
        MemoryBudget budget = new MemoryBudget(100);
        assertTrue(budget.tryTake(500));
        assertFalse(budget.tryTake(1));
        budget.give(500);
        assertTrue(budget.tryTake(1));
        assertFalse(budget.tryTake(500));
    }

    @Test
    void whoWaitsGetsWhatIsGivenBack() throws InterruptedException {
        MemoryBudget budget = new MemoryBudget(100);
        assertTrue(budget.tryTake(100));
        assertFalse(budget.take(1, Duration.ofMillis(1)));
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return budget.take(50, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        budget.give(100);
        assertTrue(waiting.join());
    }
}
