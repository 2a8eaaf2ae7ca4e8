package io.gantry.apiserver.resourcemetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsagePlanTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// @param before processor seconds at the sample before, -1 without one; `secondsAgo` it was
    /// @param own what the kubelet itself says, -1 for nothing
    private record Case(String name, double before, double secondsAgo, double now, long own, long expected) {}

    @Test
    void ratesComeFromTwoSamplesElseFromTheKubelet() {
        List<Case> cases = List.of(
                new Case("half a processor", 100, 15, 107.5, -1, 500_000_000),
                new Case("two samples count more than the kubelet's own", 100, 15, 107.5, 7, 500_000_000),
                new Case("nothing used", 100, 15, 100, -1, 0),
                new Case("the first sample, of a kubelet that knows", -1, 0, 100, 42, 42),
                new Case("the first sample, of one that does not", -1, 0, 100, -1, -1),
                new Case("started anew", 100, 15, 1, 9, 9),
                new Case("too long ago", 100, 61, 107.5, -1, -1),
                new Case("too soon", 100, 0.2, 107.5, 3, 3));
        for (Case c : cases) {
            Sample before = c.before() < 0 ? Sample.NONE : sample(START, c.before(), -1);
            Instant at = START.plusMillis(Math.round(c.secondsAgo() * 1000));
            NodeUsage usage = UsagePlan.of(before, sample(at, c.now(), c.own()));
            long found = usage.pods().getOrDefault("ns/p", Map.of()).values().stream()
                    .findFirst()
                    .map(Usage::nanoCores)
                    .orElse(-1L);
            assertEquals(c.expected(), found, c.name());
            assertEquals(c.expected() >= 0, usage.complete(), c.name());
            assertEquals(
                    Optional.of(c.expected()).filter(e -> e >= 0), usage.node().map(Usage::nanoCores), c.name());
        }
    }

    @Test
    void aPodOfWhichOneContainerIsNotKnownIsLeftOut() {
        Sample before = sample(START, 100, -1);
        Sample now = SummaryReader.read(Json.MAPPER.readTree("""
            {"pods":[{"podRef":{"namespace":"ns","name":"p"},"containers":[
              {"name":"c","cpu":{"time":"2026-01-01T00:00:15Z","usageCoreNanoSeconds":101000000000},
               "memory":{"workingSetBytes":5}},
              {"name":"new","cpu":{"time":"2026-01-01T00:00:15Z","usageCoreNanoSeconds":1},
               "memory":{"workingSetBytes":5}}]}]}"""));
        NodeUsage usage = UsagePlan.of(before, now);
        assertEquals(Map.of(), usage.pods());
        assertEquals(false, usage.complete());
    }

    private static Sample sample(Instant at, double cpuSeconds, long nanoCores) {
        String cpu = "\"cpu\":{\"time\":\"" + at + "\",\"usageCoreNanoSeconds\":" + Math.round(cpuSeconds * 1e9)
                + (nanoCores < 0 ? "" : ",\"usageNanoCores\":" + nanoCores) + "},\"memory\":{\"workingSetBytes\":1024}";
        return SummaryReader.read(Json.MAPPER.readTree("{\"node\":{" + cpu
                + "},\"pods\":[{\"podRef\":{\"namespace\":\"ns\",\"name\":\"p\"},\"containers\":[{\"name\":\"c\"," + cpu
                + "}]}]}"));
    }
}
