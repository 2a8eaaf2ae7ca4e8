package io.gantry.controllermanager.podautoscaler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.podautoscaler.ReplicaCalculator.Known;
import io.gantry.controllermanager.podautoscaler.ReplicaCalculator.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What upstream's `replica_calculator.go` answers.
class ReplicaCalculatorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Tolerances USUAL = new Tolerances(0.1, 0.1);
    private static final int UNKNOWN = -1;

    /// A pod that uses `value` thousandths of the 1000 that it requests; [#UNKNOWN] has no metric.
    private record P(int value, String phase, boolean ready, int startedAgo, int changedAgo, boolean ends) {
        static P of(int value) {
            return new P(value, "Running", true, 3600, 3000, false);
        }

        P unready() {
            return new P(value, phase, false, startedAgo, startedAgo, ends);
        }

        /// Ready, but not for as long as was measured.
        P hot() {
            return new P(value, phase, true, 60, 5, ends);
        }

        P in(String other) {
            return new P(value, other, ready, startedAgo, changedAgo, ends);
        }

        P ending() {
            return new P(value, phase, ready, startedAgo, changedAgo, true);
        }

        Pod pod(int index, String requests) {
            return Json.MAPPER.readValue(
                    """
                {"metadata":{"name":"p%d"%s},"spec":{"containers":[{"name":"c","resources":{"requests":{%s}}}]},
                 "status":{"phase":"%s","startTime":"%s",
                  "conditions":[{"type":"Ready","status":"%s","lastTransitionTime":"%s"}]}}""".formatted(
                                    index,
                                    ends ? ",\"deletionTimestamp\":\"" + NOW + "\"" : "",
                                    requests,
                                    phase,
                                    NOW.minusSeconds(startedAgo),
                                    ready ? "True" : "False",
                                    NOW.minusSeconds(changedAgo)),
                    Pod.class);
        }
    }

    private record Case(String name, int current, int target, int replicas, int percent, P... pods) {}

    private static Known known(int current, List<P> pods, String resource, String requests) {
        List<Pod> all = new ArrayList<>();
        Map<String, PodMetric> metrics = new HashMap<>();
        for (int i = 0; i < pods.size(); i++) {
            all.add(pods.get(i).pod(i, requests));
            if (pods.get(i).value() != UNKNOWN) {
                metrics.put(
                        "p" + i,
                        new PodMetric(NOW, Duration.ofSeconds(15), pods.get(i).value()));
            }
        }
        PodGroups groups = PodGroups.of(all, metrics, resource, AutoscalerOptions.DEFAULTS, NOW);
        return new Known(current, all, metrics, groups, USUAL);
    }

    @Test
    void utilization() throws Exception {
        List<Case> cases = List.of(
                new Case("more", 3, 30, 5, 50, P.of(300), P.of(500), P.of(700)),
                new Case(
                        "more, less one that is unready",
                        3,
                        30,
                        4,
                        60,
                        P.of(300).unready(),
                        P.of(500),
                        P.of(700)),
                new Case("more, less one that is hot", 3, 30, 4, 60, P.of(300).hot(), P.of(500), P.of(700)),
                new Case(
                        "unready ones may make it less than there are",
                        3,
                        30,
                        3,
                        40,
                        P.of(400),
                        P.of(500).unready(),
                        P.of(700).unready()),
                new Case(
                        "failed ones do not count",
                        2,
                        30,
                        4,
                        60,
                        P.of(500),
                        P.of(700),
                        P.of(900).in("Failed")),
                new Case(
                        "ending ones do not count",
                        2,
                        30,
                        4,
                        60,
                        P.of(500),
                        P.of(700),
                        P.of(900).ending()),
                new Case("pending ones use nothing", 3, 30, 4, 60, P.of(UNKNOWN).in("Pending"), P.of(500), P.of(700)),
                new Case("fewer", 5, 50, 3, 28, P.of(100), P.of(300), P.of(500), P.of(250), P.of(250)),
                new Case(
                        "fewer, without those that are unready",
                        5,
                        50,
                        2,
                        30,
                        P.of(100),
                        P.of(300),
                        P.of(500),
                        P.of(250).unready(),
                        P.of(250).unready()),
                new Case("near enough above", 3, 100, 3, 109, P.of(1090), P.of(1090), P.of(1090)),
                new Case("near enough below", 3, 100, 3, 90, P.of(900), P.of(900), P.of(900)),
                new Case(
                        "missing ones use all when fewer are wanted",
                        4,
                        100,
                        3,
                        24,
                        P.of(400),
                        P.of(95),
                        P.of(UNKNOWN),
                        P.of(UNKNOWN)),
                new Case("missing ones keep it", 2, 100, 2, 100, P.of(1000), P.of(UNKNOWN)),
                new Case("missing ones do not turn more to fewer", 2, 100, 2, 190, P.of(1900), P.of(UNKNOWN)),
                new Case("missing ones may keep it up", 2, 100, 2, 60, P.of(600), P.of(UNKNOWN)),
                new Case(
                        "missing and unready ones use nothing when more are wanted",
                        3,
                        50,
                        4,
                        200,
                        P.of(100).unready(),
                        P.of(2000),
                        P.of(UNKNOWN)),
                new Case("surplus pods of a rollout do not turn it", 2, 50, 2, 10, P.of(100), P.of(100), P.of(UNKNOWN)),
                new Case(
                        "missing ones use the target above 100 %",
                        4, 300, 4, 150, P.of(1500), P.of(UNKNOWN), P.of(UNKNOWN), P.of(UNKNOWN)));
        for (Case c : cases) {
            Known known = known(c.current(), List.of(c.pods()), "cpu", "\"cpu\":\"1\"");
            Proposal proposal =
                    ReplicaCalculator.utilization(known, PodRequests.of(known.pods(), "", "cpu"), c.target());
            assertEquals(c.replicas(), proposal.replicas(), c.name());
            assertEquals(c.percent(), proposal.utilization().getAsInt(), c.name());
        }
    }

    @Test
    void meansOverPods() throws Exception {
        record Mean(String name, int current, long target, int replicas, long usage, String resource, P... pods) {}
        List<Mean> cases = List.of(
                new Mean("more", 3, 15_000, 4, 20_000, "", P.of(20_000), P.of(10_000), P.of(30_000)),
                new Mean(
                        "readiness is not asked",
                        3,
                        15_000,
                        4,
                        20_000,
                        "",
                        P.of(20_000).unready(),
                        P.of(10_000),
                        P.of(30_000)),
                new Mean(
                        "fewer",
                        5,
                        20_000,
                        3,
                        12_000,
                        "",
                        P.of(12_000),
                        P.of(12_000),
                        P.of(12_000),
                        P.of(12_000),
                        P.of(12_000)),
                new Mean("near enough", 3, 20_000, 3, 20_666, "", P.of(20_000), P.of(21_000), P.of(21_000)),
                new Mean(
                        "missing ones use the target when fewer are wanted",
                        3,
                        1000,
                        3,
                        700,
                        "",
                        P.of(700),
                        P.of(UNKNOWN),
                        P.of(UNKNOWN)),
                new Mean(
                        "cpu of hot pods does not count",
                        2,
                        500,
                        2,
                        500,
                        "cpu",
                        P.of(5000).hot(),
                        P.of(500)));
        for (Mean c : cases) {
            Proposal proposal = ReplicaCalculator.mean(
                    known(c.current(), List.of(c.pods()), c.resource(), "\"cpu\":\"1\""), c.target());
            assertEquals(c.replicas(), proposal.replicas(), c.name());
            assertEquals(c.usage(), proposal.usage(), c.name());
        }
    }

    @Test
    void metricsOfWhatPodsShare() throws Exception {
        List<Pod> pods =
                known(3, List.of(P.of(0), P.of(0).unready(), P.of(0)), "", "").pods();
        record Shared(String name, int current, long usage, long target, int replicas) {}
        for (Shared c : List.of(
                new Shared("by the pods that are ready", 3, 20_000, 10_000, 4),
                new Shared("near enough", 3, 10_500, 10_000, 3),
                new Shared("fewer", 3, 5_000, 10_000, 1),
                new Shared("from nothing", 0, 25_000, 10_000, 3),
                new Shared("as many as there can be", 3, Long.MAX_VALUE, 1, Integer.MAX_VALUE))) {
            assertEquals(
                    c.replicas(),
                    ReplicaCalculator.whole(c.current(), c.usage(), c.target(), pods, USUAL)
                            .replicas(),
                    c.name());
        }
        assertEquals(Proposal.of(4, 2867), ReplicaCalculator.share(3, 8600, 2150, USUAL));
        assertEquals(Proposal.of(3, 2200), ReplicaCalculator.share(3, 6600, 2150, USUAL));
        assertEquals(
                Proposal.of(Integer.MAX_VALUE, Long.MAX_VALUE), ReplicaCalculator.share(1, Long.MAX_VALUE, 1, USUAL));
    }

    @Test
    void tolerancesMayDiffer() {
        Tolerances tolerances = new Tolerances(0.5, 0.01);
        assertEquals(
                List.of(true, true, false, false),
                List.of(0.5, 1.01, 1.02, 0.49).stream().map(tolerances::allow).toList());
    }

    @Test
    void failuresSayWhy() {
        assertEquals(
                "no pods returned by selector while calculating replica count",
                failure(() -> known(3, List.of(), "cpu", "").counting()));
        assertEquals(
                "did not receive metrics for targeted pods (pods might be unready)",
                failure(() -> known(3, List.of(P.of(1).unready(), P.of(UNKNOWN)), "cpu", "")
                        .counting()));
        List<Pod> pods = known(1, List.of(P.of(1)), "cpu", "\"memory\":\"1\"").pods();
        assertEquals(
                "missing request for cpu in container c of Pod p0", failure(() -> PodRequests.of(pods, "", "cpu")));
        assertEquals("container d not found in Pod p0", failure(() -> PodRequests.of(pods, "d", "cpu")));
    }

    private interface Step {
        Object run() throws MetricFailure;
    }

    private static String failure(Step step) {
        return assertThrows(MetricFailure.class, step::run).words();
    }

    @Test
    void requestsOfPodsAndSidecarsCount() throws Exception {
        List<Pod> pods = List.of(Json.MAPPER.readValue("""
                    {"metadata":{"name":"a"},"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"100m"}}}],
                     "initContainers":[{"name":"s","restartPolicy":"Always","resources":{"requests":{"cpu":"50m"}}},
                      {"name":"i"}]}}""", Pod.class), Json.MAPPER.readValue("""
                    {"metadata":{"name":"b"},"spec":{"resources":{"requests":{"cpu":"1"}},"overhead":{"cpu":"10m"},
                     "containers":[{"name":"c","resources":{"requests":{"cpu":"100m"}}}]}}""", Pod.class));
        assertEquals(Map.of("a", 150L, "b", 1010L), PodRequests.of(pods, "", "cpu"));
        assertEquals(Map.of("a", 100L, "b", 100L), PodRequests.of(pods, "c", "cpu"));
    }
}
