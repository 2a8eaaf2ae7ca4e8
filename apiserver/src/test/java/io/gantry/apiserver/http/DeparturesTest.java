package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private final List<String> log = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Departures departures = new Departures(() -> log.add("flush"));

    private void add(String what) {
        departures.add(channel.eventLoop(), () -> {
            assertTrue(departures.running());
            log.add(what);
        });
    }

    @Test
    void streamsOfAConnectionLeaveWithOneFlush() {
        add("a");
        add("b");
        assertEquals(List.of(), log);
        channel.runPendingTasks();
        assertEquals(List.of("a", "b", "flush"), log);
        assertFalse(departures.running());
        add("c");
        channel.runPendingTasks();
        assertEquals(List.of("a", "b", "flush", "c", "flush"), log);
    }

    @Test
    void whatAStreamAddsLeavesWithTheOthers() {
        departures.add(channel.eventLoop(), () -> add("inner"));
        add("b");
        channel.runPendingTasks();
        assertEquals(List.of("b", "inner", "flush"), log.subList(0, 3));
    }
}
