package io.gantry.testing;

import static io.gantry.testing.Workloads.condition;
import static io.gantry.testing.Workloads.job;
import static io.gantry.testing.Workloads.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Resource;
import io.gantry.client.Watch;
import io.gantry.client.WatchEvent;
import io.gantry.client.WatchOptions;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the conformance suite asks of Jobs, on a whole cluster with simulated containers.
@Gantry(nodes = 2)
class JobConformanceTest {
    private static final int LONG = 600;

    private Workloads cluster;

    @BeforeEach
    void namespace(ApiClient client, @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        cluster = new Workloads(client, namespace);
    }

    /// An Indexed Job whose pods with an odd index fail with 42.
    private static String oddsFail(String more) {
        return ("{\"completionMode\":\"Indexed\",\"completions\":4,\"parallelism\":2," + more
                + Workloads.template(
                        "job",
                        "\"simulated.gantry.io/run-seconds\":\"0\",\"simulated.gantry.io/exit-code\":\"42\","
                                + "\"simulated.gantry.io/failing-indexes\":\"1,3\"",
                        "Never")
                + "}");
    }

    private static Predicate<JsonNode> says(String field, String value) {
        return job -> job.path("status").path(field).asString("").equals(value);
    }

    @Test
    void anOrphanIsTakenBackAndAPodWithoutLabelsLetGo() {
        Job job = cluster.create(JobKind.KIND, "adopt", job("\"completions\":4,\"parallelism\":2,", LONG, 0));
        cluster.when(JobKind.KIND, "adopt", status("active", 2).and(status("ready", 2)));
        String orphan = name(cluster.pods("job").getFirst());
        cluster.patch(PodKind.KIND, orphan, "{\"metadata\":{\"ownerReferences\":null}}");
        cluster.when(
                PodKind.KIND,
                orphan,
                p -> p.at("/metadata/ownerReferences/0/uid")
                        .asString("")
                        .equals(job.metadata().uid()));
        cluster.patch(PodKind.KIND, orphan, "{\"metadata\":{\"labels\":null}}");
        cluster.when(
                PodKind.KIND,
                orphan,
                p -> p.path("metadata").path("ownerReferences").isEmpty());
    }

    @Test
    void aDisruptionThatThePolicyIgnoresDoesNotCount() {
        cluster.create(
                JobKind.KIND,
                "ignore",
                job(
                        "\"completions\":1,\"parallelism\":1,\"backoffLimit\":0,\"podFailurePolicy\":{\"rules\":[{"
                                + "\"action\":\"Ignore\",\"onPodConditions\":[{\"type\":\"DisruptionTarget\",\"status\":\"True\"}]}]},",
                        2,
                        0));
        cluster.when(JobKind.KIND, "ignore", status("ready", 1));
        String pod = name(cluster.pods("job").getFirst());
        cluster.evict(pod);
        cluster.when(
                PodKind.KIND,
                pod,
                p -> p.isEmpty()
                        || condition("DisruptionTarget", "EvictionByEvictionAPI")
                                .test(p));
        JsonNode ended = cluster.when(JobKind.KIND, "ignore", condition("Complete", ""));
        assertEquals(0, ended.path("status").path("failed").asInt(0));
        assertEquals(1, ended.path("status").path("succeeded").asInt(0));
    }

    @Test
    void aDeletedJobTakesItsPodsWithIt() {
        cluster.create(JobKind.KIND, "gone", job("\"completions\":4,\"parallelism\":2,", LONG, 0));
        cluster.when(JobKind.KIND, "gone", status("active", 2).and(status("ready", 2)));
        cluster.delete(JobKind.KIND, "gone", Deletion.background());
        cluster.whenGone(JobKind.KIND, "gone");
        cluster.whenPods("job", List::isEmpty);
    }

    @Test
    void everyIndexIsTriedAsOftenAsItMay() {
        cluster.create(JobKind.KIND, "odds", oddsFail("\"backoffLimitPerIndex\":0,"));
        JsonNode ended = cluster.when(JobKind.KIND, "odds", condition("Failed", "FailedIndexes"));
        assertTrue(says("failedIndexes", "1,3").test(ended));
        assertTrue(says("completedIndexes", "0,2").test(ended));
        assertEquals(2, ended.path("status").path("failed").asInt());
        assertEquals(2, ended.path("status").path("succeeded").asInt());
    }

    @Test
    void aRuleFailsAnIndexAtOnce() {
        cluster.create(
                JobKind.KIND,
                "index",
                oddsFail("\"backoffLimitPerIndex\":5,\"podFailurePolicy\":{\"rules\":[{\"action\":\"FailIndex\","
                        + "\"onExitCodes\":{\"operator\":\"In\",\"values\":[42]}}]},"));
        JsonNode ended = cluster.when(JobKind.KIND, "index", condition("Failed", "FailedIndexes"));
        assertTrue(says("failedIndexes", "1,3").test(ended));
        assertTrue(says("completedIndexes", "0,2").test(ended));
        assertEquals(2, ended.path("status").path("failed").asInt());
    }

    @Test
    void tasksThatFailAreRestartedOnTheSpot() {
        cluster.create(
                JobKind.KIND,
                "retry",
                "{\"completions\":4,\"parallelism\":2,"
                        + Workloads.template(
                                "retry",
                                "\"simulated.gantry.io/run-seconds\":\"0\",\"simulated.gantry.io/exit-code\":\"1\","
                                        + "\"simulated.gantry.io/failures\":\"1\"",
                                "OnFailure")
                        + "}");
        JsonNode ended = cluster.when(JobKind.KIND, "retry", condition("Complete", "CompletionsReached"));
        assertEquals(4, ended.path("status").path("succeeded").asInt());
        assertTrue(cluster.pods("retry").stream()
                .allMatch(p -> Objects.requireNonNullElse(
                                p.status().containerStatuses().getFirst().restartCount(), 0)
                        == 1));
    }

    @Test
    void aSuccessPolicyOverAllIndexes() {
        cluster.create(
                JobKind.KIND,
                "all",
                job(
                        "\"completionMode\":\"Indexed\",\"completions\":2,\"parallelism\":2,\"successPolicy\":{"
                                + "\"rules\":[{\"succeededIndexes\":\"0-1\"}]},",
                        0,
                        0));
        JsonNode ended = cluster.when(JobKind.KIND, "all", condition("Complete", ""));
        assertTrue(condition("SuccessCriteriaMet", "").test(ended));
        assertTrue(says("completedIndexes", "0,1").test(ended));
    }

    @Test
    void aSuccessPolicyOverSomeIndexes() {
        cluster.create(
                JobKind.KIND,
                "some",
                "{\"completionMode\":\"Indexed\",\"completions\":2,\"parallelism\":2,\"backoffLimit\":6,"
                        + "\"successPolicy\":{\"rules\":[{\"succeededIndexes\":\"0\"}]},"
                        + Workloads.template(
                                "some",
                                "\"simulated.gantry.io/run-seconds\":\"1\",\"simulated.gantry.io/exit-code\":\"1\","
                                        + "\"simulated.gantry.io/failing-indexes\":\"1\"",
                                "Never")
                        + "}");
        JsonNode ended = cluster.when(JobKind.KIND, "some", condition("Complete", "SuccessPolicy"));
        assertTrue(condition("SuccessCriteriaMet", "SuccessPolicy").test(ended));
        assertTrue(says("completedIndexes", "0").test(ended));
        assertEquals(1, ended.path("status").path("succeeded").asInt());
    }

    @Test
    void aSuspendedJobIsResumedListedAndDeletedWithOthers() throws InterruptedException {
        Resource<Job> jobs = cluster.client().resource(JobKind.KIND);
        ListOptions labelled = ListOptions.all().withLabelSelector("life=" + cluster.namespace());
        String before = jobs.list(labelled).resourceVersion();
        cluster.createWith(
                JobKind.KIND,
                "life",
                ",\"labels\":{\"life\":\"" + cluster.namespace() + "\"}",
                job("\"suspend\":true,\"completions\":4,\"parallelism\":2,", 0, 0));
        cluster.when(JobKind.KIND, "life", condition("Suspended", "JobSuspended"));
        assertEquals(List.of(), cluster.pods("job"));
        cluster.patch(JobKind.KIND, "life", "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}}}");
        cluster.update(JobKind.KIND, "life", job -> {
            job.withObject("spec").put("suspend", false);
            job.withObject("metadata").withObject("annotations").put("updated", "true");
        });
        cluster.when(
                JobKind.KIND,
                "life",
                condition("Complete", "CompletionsReached").and(status("succeeded", 4)));
        assertEquals("life", name(jobs.list(labelled).items().getFirst()));
        jobs.deleteCollection(
                ListOptions.inNamespace(cluster.namespace()).withLabelSelector("life=" + cluster.namespace()),
                Deletion.background());
        try (Watch<Job> watch =
                jobs.watch(WatchOptions.from(before).withLabelSelector("life=" + cluster.namespace()))) {
            boolean added = false;
            while (!(watch.next().orElseThrow() instanceof WatchEvent.Deleted<Job>)) {
                added = true;
            }
            assertTrue(added);
        }
        assertEquals(List.of(), jobs.list(labelled).items());
    }

    private static String name(Pod pod) {
        return String.valueOf(pod.metadata().name());
    }

    private static String name(Job job) {
        return String.valueOf(job.metadata().name());
    }
}
