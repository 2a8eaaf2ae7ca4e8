package io.gantry.controllermanager.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisruptionPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"minAvailable\":2      | 3 | 3 | 2 | 1",
                "\"minAvailable\":3      | 3 | 3 | 3 | 0",
                "\"minAvailable\":\"50%\"  | 5 | 5 | 3 | 2",
                "\"maxUnavailable\":1    | 4 | 4 | 3 | 1",
                "\"maxUnavailable\":1    | 4 | 3 | 3 | 0",
                "\"maxUnavailable\":\"30%\" | 4 | 4 | 2 | 2",
                "\"maxUnavailable\":1    | 0 | 0 | 0 | 0"
            })
    void whatMayGo(String spec, int expected, int ready, int desired, int allowed) {
        PodDisruptionBudget budget = budget(spec, "");
        List<Pod> pods = IntStream.range(0, expected)
                .mapToObj(i -> pod("p" + i, i < ready))
                .toList();
        var status = DisruptionPlan.of(budget, pods, expected, NOW).status();
        assertEquals(desired, status.desiredHealthy());
        assertEquals(allowed, status.disruptionsAllowed());
        assertEquals(ready, status.currentHealthy());
    }

    @Test
    void notedEvictionsCountUntilTheyAreForgotten() {
        List<Pod> pods = List.of(pod("a", true), pod("b", true), pod("c", true));
        PodDisruptionBudget recent = budget("\"minAvailable\":1", "\"a\":\"2026-01-01T00:09:00Z\"");
        DisruptionPlan plan = DisruptionPlan.of(recent, pods, 3, NOW);
        assertEquals(1, plan.status().disruptionsAllowed());
        assertEquals(NOW.plusSeconds(60), plan.next().orElseThrow());
        PodDisruptionBudget old = budget("\"minAvailable\":1", "\"a\":\"2026-01-01T00:07:00Z\"");
        DisruptionPlan later = DisruptionPlan.of(old, pods, 3, NOW);
        assertEquals(2, later.status().disruptionsAllowed());
        assertTrue(later.status().disruptedPods().isEmpty());
    }

    @Test
    void evictedPodsThatAreStillThereAreToldOf() {
        List<Pod> pods = List.of(pod("a", true), pod("b", true));
        PodDisruptionBudget budget =
                budget("\"minAvailable\":1", "\"a\":\"2026-01-01T00:08:00Z\",\"b\":\"2026-01-01T00:09:00Z\"");
        assertEquals(
                List.of("a"),
                DisruptionPlan.notDeleted(budget, pods, NOW).stream()
                        .map(p -> p.metadata().name())
                        .toList());
    }

    @Test
    void nothingMayGoWhenTheSizeIsUnknownAndWhatWasSeenStays() {
        PodDisruptionBudget budget = Json.MAPPER.readValue("""
                {"metadata":{"name":"b","generation":3},"spec":{"maxUnavailable":1},
                 "status":{"observedGeneration":2,"disruptionsAllowed":1,"expectedPods":4}}""", PodDisruptionBudget.class);
        var status = DisruptionPlan.failed(budget, "why", NOW).status();
        assertEquals(0, status.disruptionsAllowed());
        assertEquals(2, status.observedGeneration());
        assertEquals(4, status.expectedPods());
        assertEquals("SyncFailed", status.conditions().getFirst().reason());
        assertEquals(2, status.conditions().getFirst().observedGeneration());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"status\":\"True\",\"reason\":\"EvictionByEvictionAPI\" | Running | 2026-01-01T00:02:00Z",
                "\"status\":\"False\"                                     | Running | never",
                "\"status\":\"True\",\"reason\":\"TerminationByKubelet\"  | Running | never",
                "\"status\":\"True\",\"reason\":\"EvictionByEvictionAPI\" | Failed  | never"
            })
    void marksAreTakenBack(String condition, String phase, String at) {
        Pod pod = Json.MAPPER.readValue("""
                {"metadata":{"name":"p"},"status":{"phase":"%s","conditions":[{"type":"DisruptionTarget",
                "lastTransitionTime":"2026-01-01T00:00:00Z",%s}]}}""".formatted(phase, condition), Pod.class);
        assertEquals(at, StaleDisruptions.staleAt(pod).map(Instant::toString).orElse("never"));
    }

    @Test
    void selectorsArePrintedAsUpstreamDoes() {
        LabelSelector selector = Json.MAPPER.readValue("""
                {"matchLabels":{"b":"2","a":"1"},
                 "matchExpressions":[{"key":"k","operator":"In","values":["x","y"]}]}""", LabelSelector.class);
        assertEquals(
                "&LabelSelector{MatchLabels:map[string]string{a: 1,b: 2,},MatchExpressions:[]LabelSelectorRequirement{"
                        + "LabelSelectorRequirement{Key:k,Operator:In,Values:[x y],},},}",
                BudgetWords.selector(selector));
    }

    private static PodDisruptionBudget budget(String spec, String disrupted) {
        return Json.MAPPER.readValue("""
                {"metadata":{"name":"b"},"spec":{%s},"status":{"disruptedPods":{%s}}}""".formatted(spec, disrupted), PodDisruptionBudget.class);
    }

    private static Pod pod(String name, boolean ready) {
        return Json.MAPPER.readValue("""
                {"metadata":{"name":"%s"},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"%s"}]}}""".formatted(name, ready ? "True" : "False"), Pod.class);
    }
}
