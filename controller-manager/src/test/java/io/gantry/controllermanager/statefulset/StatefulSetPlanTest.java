package io.gantry.controllermanager.statefulset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.core.v1.pod.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatefulSetPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// The set is `replicas policy partition`, pods are `ordinal revision state` with state ready, pending, failed,
    /// going.
    record Case(String name, String set, List<String> pods, List<String> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> plans() {
        return Stream.of(
                new Case("the first comes first", "3 OrderedReady 0", List.of(), List.of("+0 new")),
                new Case("the next waits", "3 OrderedReady 0", List.of("0 new pending"), List.of()),
                new Case("the next comes", "3 OrderedReady 0", List.of("0 new ready"), List.of("+1 new")),
                new Case("a gap is filled", "2 OrderedReady 0", List.of("1 new ready"), List.of("+0 new")),
                new Case("a failed one is replaced", "2 OrderedReady 0", List.of("0 new failed"), List.of("-0")),
                new Case("parallel waits for none", "2 Parallel 0", List.of(), List.of("+0 new", "+1 new")),
                new Case(
                        "the highest goes first",
                        "1 OrderedReady 0",
                        List.of("0 new ready", "1 new ready", "2 new ready"),
                        List.of("-2")),
                new Case(
                        "no scaling down while one is ill",
                        "2 OrderedReady 0",
                        List.of("0 new pending", "1 new ready", "2 new ready"),
                        List.of()),
                new Case(
                        "in order an ill one stops what goes",
                        "0 OrderedReady 0",
                        List.of("0 new pending", "1 new pending", "2 new pending"),
                        List.of()),
                new Case(
                        "unless it is the only one that is ill",
                        "1 OrderedReady 0",
                        List.of("0 new ready", "1 new ready", "2 new pending"),
                        List.of("-2")),
                new Case(
                        "a well one above an ill one goes",
                        "1 OrderedReady 0",
                        List.of("0 new ready", "1 new pending", "2 new ready"),
                        List.of("-2")),
                new Case(
                        "in parallel all go",
                        "0 Parallel 0",
                        List.of("0 new pending", "1 new pending"),
                        List.of("-1", "-0")),
                new Case(
                        "in parallel an update waits for what is missing",
                        "3 Parallel 0",
                        List.of("0 old ready", "1 old ready"),
                        List.of("+2 new")),
                new Case(
                        "updates go from the top",
                        "3 OrderedReady 0",
                        List.of("0 old ready", "1 old ready", "2 old ready"),
                        List.of("-2")),
                new Case(
                        "updates wait for the one before",
                        "3 OrderedReady 0",
                        List.of("0 old ready", "1 old ready", "2 new going"),
                        List.of()),
                new Case(
                        "a replaced pod gets the new revision",
                        "3 OrderedReady 0",
                        List.of("0 old ready", "1 old ready"),
                        List.of("+2 new")),
                new Case(
                        "the partition keeps the old",
                        "3 OrderedReady 2",
                        List.of("0 old ready", "1 old ready", "2 new ready"),
                        List.of()),
                new Case(
                        "below the partition pods come back old",
                        "3 OrderedReady 2",
                        List.of("0 old ready", "2 new ready"),
                        List.of("+1 old")),
                new Case(
                        "several at a time",
                        "4 OrderedReady 0 2",
                        List.of("0 old ready", "1 old ready", "2 old ready", "3 old ready"),
                        List.of("-3", "-2")),
                new Case(
                        "no more than may be unavailable",
                        "4 Parallel 0 2",
                        List.of("0 old ready", "1 old ready", "2 old ready", "3 new going"),
                        List.of("-2")),
                new Case(
                        "ill ones cost nothing",
                        "4 Parallel 0 2",
                        List.of("0 old pending", "1 old pending", "2 old ready", "3 old ready"),
                        List.of("-1", "-0")),
                new Case(
                        "a share is rounded up",
                        "3 Parallel 0 \"34%\"",
                        List.of("0 old ready", "1 old ready", "2 old ready"),
                        List.of("-2", "-1")));
    }

    @ParameterizedTest
    @MethodSource
    void plans(Case c) {
        String[] s = c.set().split(" ");
        StatefulSet set =
                Json.MAPPER.readValue("""
                {"metadata":{"name":"s","namespace":"ns"},"spec":{"replicas":%s,"podManagementPolicy":"%s",
                 "updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":%s,"maxUnavailable":%s}}}}""".formatted(s[0], s[1], s[2], s.length > 3 ? s[3] : "null"), StatefulSet.class);
        List<Pod> pods = c.pods().stream().map(StatefulSetPlanTest::pod).toList();
        StatefulSetPlan plan = StatefulSetPlan.of(set, pods, "old", "new", NOW);
        List<String> steps = new ArrayList<>();
        plan.creations().forEach(n -> steps.add("+" + n.ordinal() + " " + n.revision()));
        plan.deletions().forEach(p -> steps.add("-" + Identity.ordinal(set, p).getAsInt()));
        assertEquals(c.steps(), steps);
    }

    /// Two of the old revision are left, and the lower one is lost.
    @Test
    void whereNothingIsSaidOfAPartitionWhatTheUpdateHasNotComeToComesBackOld() {
        StatefulSet set = Json.MAPPER.readValue("""
                {"metadata":{"name":"s","namespace":"ns"},"status":{"currentReplicas":2},
                 "spec":{"replicas":3,"updateStrategy":{"type":"RollingUpdate"}}}""", StatefulSet.class);
        List<Pod> pods = List.of(pod("1 old ready"), pod("2 new ready"));
        assertEquals(
                List.of(new StatefulSetPlan.Creation(0, "old")),
                StatefulSetPlan.of(set, pods, "old", "new", NOW).creations());
        assertEquals(
                List.of(new StatefulSetPlan.Creation(2, "new")),
                StatefulSetPlan.of(set, List.of(pod("0 old ready"), pod("1 old ready")), "old", "new", NOW)
                        .creations());
    }

    private static Pod pod(String text) {
        String[] p = text.split(" ");
        return Json.MAPPER.readValue(
                """
                {"metadata":{"name":"s-%s","labels":{"controller-revision-hash":"%s"}%s},
                 "status":{"phase":"%s","conditions":[{"type":"Ready","status":"%s"}]}}""".formatted(
                                p[0],
                                p[1],
                                p[2].equals("going") ? ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"" : "",
                                p[2].equals("failed") ? "Failed" : p[2].equals("pending") ? "Pending" : "Running",
                                p[2].equals("ready") ? "True" : "False"),
                Pod.class);
    }
}
