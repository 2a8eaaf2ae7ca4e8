package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whose turn it is to stop.
class TerminationOrderTest {
    private static final String SIDECARS =
            "{'initContainers':[{'name':'i','image':'i'},{'name':'a','image':'i','restartPolicy':'Always'},{'name':'b','image':'i','restartPolicy':'Always'}],'containers':[{'name':'c','image':'i'},{'name':'d','image':'i'}]}";

    private static List<String> due(TerminationOrder order) throws InterruptedException {
        List<String> due = new ArrayList<>();
        for (String name : List.of("i", "a", "b", "c", "d", "debug")) {
            if (order.await(name, Duration.ZERO)) {
                due.add(name);
            }
        }
        return due;
    }

    @Test
    void sidecarsStopAfterTheOthersTheLastOneFirst() throws InterruptedException {
        TerminationOrder order = TerminationOrder.of(Pods.pod(SIDECARS), List.of("i", "a", "b", "c", "d", "debug"));
        assertEquals(List.of("i", "c", "d", "debug"), due(order));
        order.stopped("c");
        assertEquals(List.of("i", "c", "d", "debug"), due(order));
        order.stopped("d");
        assertEquals(List.of("i", "b", "c", "d", "debug"), due(order));
        order.stopped("b");
        assertEquals(List.of("i", "a", "b", "c", "d", "debug"), due(order));
    }

    @Test
    void nobodyWaitsForWhatDoesNotRun() throws InterruptedException {
        TerminationOrder order = TerminationOrder.of(Pods.pod(SIDECARS), List.of("a", "c"));
        order.stopped("c");
        assertEquals(List.of("i", "a", "b", "c", "d", "debug"), due(order));
    }
}
