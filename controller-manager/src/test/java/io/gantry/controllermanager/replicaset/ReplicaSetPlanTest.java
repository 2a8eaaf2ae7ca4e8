package io.gantry.controllermanager.replicaset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.core.v1.pod.Pod;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplicaSetPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    /// Pods are written `name node phase ready cost restarts ageSeconds`.
    record Case(String name, int replicas, List<String> pods, int creations, List<String> deletions) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> plans() {
        return Stream.of(
                new Case("creates what is missing", 3, List.of("a n Running true 0 0 60"), 2, List.of()),
                new Case("enough", 1, List.of("a n Running true 0 0 60"), 0, List.of()),
                new Case("a burst at most", 1000, List.of(), 500, List.of()),
                new Case(
                        "unassigned goes first",
                        1,
                        List.of("a n Pending false 0 0 60", "b - Pending false 0 0 60"),
                        0,
                        List.of("b")),
                new Case(
                        "pending before running",
                        1,
                        List.of("a n Running false 0 0 60", "b n Pending false 0 0 60"),
                        0,
                        List.of("b")),
                new Case(
                        "not ready before ready",
                        1,
                        List.of("a n Running true 0 0 60", "b n Running false 0 0 60"),
                        0,
                        List.of("b")),
                new Case(
                        "cheap before dear",
                        1,
                        List.of("a n Running true 5 0 60", "b n Running true -1 0 60"),
                        0,
                        List.of("b")),
                new Case(
                        "the crowded node gives",
                        2,
                        List.of("a n Running true 0 0 60", "b m Running true 0 0 60", "c m Running true 0 0 60"),
                        0,
                        List.of("b")),
                new Case(
                        "restarts before calm ones",
                        1,
                        List.of("a n Running true 0 0 60", "b n Running true 0 3 60"),
                        0,
                        List.of("b")),
                new Case(
                        "younger before older",
                        1,
                        List.of("a n Running true 0 0 3000", "b n Running true 0 0 10"),
                        0,
                        List.of("b")));
    }

    @ParameterizedTest
    @MethodSource
    void plans(Case c) {
        ReplicaSet set = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"replicas\":" + c.replicas() + "}}", ReplicaSet.class);
        List<Pod> pods = c.pods().stream().map(ReplicaSetPlanTest::pod).toList();
        ReplicaSetPlan plan = ReplicaSetPlan.of(set, pods, pods, NOW);
        assertEquals(c.creations(), plan.creations());
        assertEquals(
                c.deletions(),
                plan.deletions().stream().map(p -> p.metadata().name()).toList());
    }

    @Test
    void readyPodsBecomeAvailableLater() {
        Pod pod = pod("a n Running true 0 0 10");
        assertEquals(NOW.plusSeconds(20), ReplicaSetPlan.nextAvailable(List.of(pod), 30, NOW));
        assertEquals(Instant.EPOCH, ReplicaSetPlan.nextAvailable(List.of(pod), 5, NOW));
    }

    private static Pod pod(String text) {
        String[] p = text.split(" ");
        String since = NOW.minusSeconds(Long.parseLong(p[6])).toString();
        String node = p[1].equals("-") ? "" : p[1];
        return Json.MAPPER.readValue(
                """
                {"metadata":{"name":"%s","uid":"%s","creationTimestamp":"%s",
                  "annotations":{"controller.kubernetes.io/pod-deletion-cost":"%s"}},
                 "spec":{"nodeName":"%s"},
                 "status":{"phase":"%s","conditions":[{"type":"Ready","status":"%s","lastTransitionTime":"%s"}],
                  "containerStatuses":[{"name":"c","restartCount":%s,"ready":true,"image":"i","imageID":"i"}]}}""".formatted(p[0], p[0], since, p[4], node, p[2], p[3].equals("true") ? "True" : "False", since, p[5]),
                Pod.class);
    }
}
