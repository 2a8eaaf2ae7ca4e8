package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.kubelet.simulated.SimulatedRuntime;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StatsTest {
    /// Go's clients follow these without asking whether they are there.
    @Test
    void theNodesMemoryIsThereInFull() {
        Stats stats = new Stats(
                "n",
                new SimulatedRuntime(Clock.systemUTC()),
                new VolumeStats(List::of, pod -> List.of()),
                Clock.systemUTC());
        JsonNode memory =
                Json.MAPPER.valueToTree(stats.summary(List.of())).path("node").path("memory");
        assertEquals(
                List.of("time", "availableBytes", "usageBytes", "workingSetBytes", "rssBytes"),
                memory.propertyNames().stream().toList());
    }
}
