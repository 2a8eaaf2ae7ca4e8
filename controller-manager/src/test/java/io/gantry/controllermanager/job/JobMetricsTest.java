package io.gantry.controllermanager.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.core.v1.pod.Pod;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    private final JobMetrics metrics = new JobMetrics();

    private static JobPlan plan(Job job, String... pods) {
        return JobPlan.of(new JobView(
                job, List.of(pods).stream().map(JobWords::pod).toList(), true, Instant.parse("2026-01-01T00:00:00Z")));
    }

    private String counters() {
        return metrics.text().lines().filter(line -> line.contains("_total{")).collect(Collectors.joining("\n"));
    }

    @Test
    void syncsByWhatTheyDid() {
        Job job = JobWords.job("\"completions\":2", "");
        metrics.synced(job, plan(job), true, false, 5_000_000);
        metrics.synced(job, plan(job), false, false, 1);
        metrics.synced(job, plan(job), true, true, 1);
        assertEquals("""
                job_controller_job_syncs_total{completion_mode="NonIndexed",result="error",action="pods_created"} 1
                job_controller_job_syncs_total{completion_mode="NonIndexed",result="success",action="pods_created"} 1
                job_controller_job_syncs_total{completion_mode="NonIndexed",result="success",action="reconciling"} 1""", counters().lines().sorted().collect(Collectors.joining("\n")));
        assertTrue(metrics.text().contains("action=\"pods_created\",le=\"0.008\"} 1"), metrics.text());
    }

    @Test
    void failuresThatARuleIsAboutAreCountedByItsAction() {
        Job job = JobWords.job(
                "\"podFailurePolicy\":{\"rules\":[{\"action\":\"Ignore\",\"onPodConditions\":[{\"type\":\"DisruptionTarget\","
                        + "\"status\":\"True\"}]}]}",
                "");
        metrics.released(job, pod("Failed", "{\"type\":\"DisruptionTarget\",\"status\":\"True\"}"));
        metrics.released(job, pod("Failed", ""));
        metrics.released(job, pod("Succeeded", ""));
        assertEquals("job_controller_pod_failures_handled_by_failure_policy_total{action=\"Ignore\"} 1", counters());
    }

    @Test
    void podsWaitFromTheirEndUntilTheirFinalizerGoes() {
        TerminatedPods pods = new TerminatedPods(metrics);
        Pod ended = pod("Failed", "");
        pods.added(pod("Running", ""));
        pods.updated(pod("Running", ""), ended);
        pods.updated(ended, ended);
        pods.deleted(ended);
        assertEquals("""
                job_controller_terminated_pods_tracking_finalizer_total{event="add"} 1
                job_controller_terminated_pods_tracking_finalizer_total{event="delete"} 1""", counters().lines().sorted().collect(Collectors.joining("\n")));
    }

    /// With a Job's finalizer.
    private static Pod pod(String phase, String conditions) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"p\",\"finalizers\":[\"" + JobPod.FINALIZER
                        + "\"]},\"spec\":{\"containers\":[]}," + "\"status\":{\"phase\":\"" + phase
                        + "\",\"conditions\":[" + conditions + "]}}",
                Pod.class);
    }

    @Test
    void anEndIsCountedOnceWithItsReason() {
        Job before = JobWords.job("\"completionMode\":\"Indexed\",\"completions\":2", "\"succeeded\":1");
        Job after = JobWords.job(
                "\"completionMode\":\"Indexed\",\"completions\":2",
                "\"succeeded\":2,\"failed\":1,"
                        + "\"conditions\":[{\"type\":\"Complete\",\"status\":\"True\",\"reason\":\"CompletionsReached\"}]");
        metrics.written(before, after.status());
        metrics.written(after, after.status());
        assertEquals("""
                job_controller_job_pods_finished_total{completion_mode="Indexed",result="failed"} 1
                job_controller_job_pods_finished_total{completion_mode="Indexed",result="succeeded"} 1
                job_controller_jobs_finished_total{completion_mode="Indexed",result="succeeded",reason="CompletionsReached"} 1""", counters().lines().sorted().collect(Collectors.joining("\n")));
    }
}
