package io.gantry.controllermanager.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobBuilder;
import io.gantry.api.core.v1.pod.Pod;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// Pods are `uid phase tracked secondsSinceEnd`.
    record Case(String name, String spec, List<String> pods, int creations, int deletions, String condition) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> plans() {
        return Stream.of(
                new Case("starts in parallel", "\"completions\":5,\"parallelism\":2", List.of(), 2, 0, ""),
                new Case(
                        "no more than is missing",
                        "\"completions\":2,\"parallelism\":3",
                        List.of("a Succeeded true 5"),
                        1,
                        0,
                        ""),
                new Case(
                        "a failure delays the next",
                        "\"completions\":1,\"parallelism\":1",
                        List.of("a Failed true 5"),
                        0,
                        0,
                        ""),
                new Case("then it comes", "\"completions\":1,\"parallelism\":1", List.of("a Failed true 11"), 1, 0, ""),
                new Case(
                        "enough failures end it",
                        "\"completions\":2,\"parallelism\":2,\"backoffLimit\":0",
                        List.of("a Failed true 50", "b Running true 0"),
                        0,
                        1,
                        "FailureTarget"),
                new Case(
                        "done",
                        "\"completions\":1,\"parallelism\":1",
                        List.of("a Succeeded true 5"),
                        0,
                        0,
                        "SuccessCriteriaMet"),
                new Case(
                        "suspended",
                        "\"suspend\":true,\"completions\":1,\"parallelism\":1",
                        List.of("a Running true 0"),
                        0,
                        1,
                        "Suspended"),
                new Case(
                        "past its deadline",
                        "\"activeDeadlineSeconds\":10,\"completions\":1,\"parallelism\":1",
                        List.of("a Running true 0"),
                        0,
                        1,
                        "FailureTarget"));
    }

    @ParameterizedTest
    @MethodSource
    void plans(Case c) {
        JobPlan plan = JobPlan.of(
                job(c.spec()), c.pods().stream().map(JobPlanTest::pod).toList(), NOW);
        assertEquals(c.creations(), plan.creations().size());
        assertEquals(c.deletions(), plan.deletions().size());
        assertEquals(
                c.condition(),
                plan.status().conditions().stream()
                        .map(x -> x.type())
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void aPodIsNotedThenReleasedThenCounted() {
        Job job = job("\"completions\":1,\"parallelism\":1");
        JobPlan noted = JobPlan.of(job, List.of(pod("a Succeeded true 5")), NOW);
        assertEquals(null, noted.status().succeeded());
        assertEquals(1, noted.release().size());
        Job after = JobBuilder.builder(job).status(noted.status()).build();
        JobPlan counted = JobPlan.of(after, List.of(pod("a Succeeded false 5")), NOW);
        assertEquals(1, counted.status().succeeded());
        assertTrue(JobPlan.isFinished(
                JobBuilder.builder(job).status(counted.status()).build()));
        JobPlan same = JobPlan.of(
                JobBuilder.builder(job).status(counted.status()).build(), List.of(pod("a Succeeded false 5")), NOW);
        assertEquals(counted.status(), same.status());
    }

    @Test
    void indexesAreWrittenShort() {
        assertEquals("0-2,4,6,7", Indexes.format(List.of(0, 1, 2, 4, 6, 7)).replace("6-7", "6,7"));
        assertEquals(List.of(0, 1, 2, 5), List.copyOf(Indexes.parse("0-2,5")));
        assertEquals(List.of(), List.copyOf(Indexes.parse("")));
    }

    private static Job job(String spec) {
        return Json.MAPPER.readValue("""
                {"metadata":{"name":"j","namespace":"ns"},"spec":{%s,"template":{"spec":{"restartPolicy":"Never"}}},
                 "status":{"startTime":"2025-12-31T23:00:00Z"}}""".formatted(spec), Job.class);
    }

    private static Pod pod(String text) {
        String[] p = text.split(" ");
        String finalizers = p[2].equals("true") ? ",\"finalizers\":[\"" + JobPod.FINALIZER + "\"]" : "";
        String state = p[3].equals("0")
                ? ""
                : "\"containerStatuses\":[{\"name\":\"c\",\"restartCount\":0,\"state\":{\"terminated\":{\"exitCode\":1,"
                        + "\"finishedAt\":\"" + NOW.minusSeconds(Long.parseLong(p[3])) + "\"}}}],";
        return Json.MAPPER.readValue("""
                {"metadata":{"name":"%s","uid":"%s"%s},"status":{%s"phase":"%s"}}""".formatted(p[0], p[0], finalizers, state, p[1]), Pod.class);
    }
}
