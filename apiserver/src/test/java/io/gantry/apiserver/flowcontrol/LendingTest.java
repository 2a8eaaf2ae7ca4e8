package io.gantry.apiserver.flowcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LendingTest {
    private record Case(String what, List<Lending.Want> wants, int seats, List<Integer> limits) {}

    private static Lending.Want want(int nominal, int lendable, int borrowing, int demand) {
        return new Lending.Want(nominal, lendable, borrowing, demand, demand);
    }

    @Test
    void seatsGoWhereTheyAreWanted() {
        List<Case> cases = List.of(
                new Case("all want all", List.of(want(60, 50, -1, 99), want(40, 50, -1, 99)), 100, List.of(60, 40)),
                new Case(
                        "an idle level lends half",
                        List.of(want(60, 50, -1, 200), want(40, 50, -1, 0)),
                        100,
                        List.of(80, 20)),
                new Case(
                        "who lends nothing keeps all",
                        List.of(want(60, 50, -1, 200), want(40, 0, -1, 0)),
                        100,
                        List.of(60, 40)),
                new Case(
                        "borrowing has a limit",
                        List.of(want(60, 0, 10, 200), want(40, 100, -1, 0)),
                        100,
                        List.of(66, 1)),
                new Case(
                        "two borrowers share in proportion",
                        List.of(want(20, 0, -1, 100), want(20, 0, -1, 50), want(60, 100, -1, 0)),
                        100,
                        List.of(67, 33, 1)));
        for (Case each : cases) {
            List<Integer> limits = Arrays.stream(Lending.limits(each.wants(), each.seats()))
                    .boxed()
                    .toList();
            assertEquals(each.limits(), limits, each.what());
        }
    }

    @Test
    void aLevelThatBorrowsLetsItsWaitersIn() {
        LevelSettings settings = new LevelSettings("test", "uid", false, 10, 4, 1, 10, 0, -1);
        PriorityLevel level = new PriorityLevel(settings);
        level.configure(settings, 2);
        assertTrue(level.tryTake(2));
        CompletableFuture<Boolean> third = level.enqueue(1, 1).orElseThrow();
        assertEquals(3, level.want().demand());
        level.lend(3);
        assertTrue(third.isDone());
        assertEquals(3, level.limit());
        assertEquals(2, level.nominal());
        level.release(3);
        assertEquals(3, level.want().demand());
        assertEquals(0, level.want().demand());
        assertTrue(level.want().smooth() > 2);
    }
}
