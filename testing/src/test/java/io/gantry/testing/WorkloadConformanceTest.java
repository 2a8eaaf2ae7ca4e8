package io.gantry.testing;

import static io.gantry.testing.Workloads.condition;
import static io.gantry.testing.Workloads.controller;
import static io.gantry.testing.Workloads.job;
import static io.gantry.testing.Workloads.replicated;
import static io.gantry.testing.Workloads.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the conformance suite asks of workloads, on a whole cluster with simulated containers.
@Gantry(nodes = 2)
class WorkloadConformanceTest {
    private Workloads cluster;

    @BeforeEach
    void namespace(ApiClient client, @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        cluster = new Workloads(client, namespace);
    }

    @Test
    void aNamespaceTakesItsPodsAndServices() {
        Workloads other = new Workloads(cluster.client(), cluster.namespace() + "-going");
        cluster.client()
                .resource(NamespaceKind.KIND)
                .create(Json.MAPPER.readValue(
                        "{\"metadata\":{\"name\":\"" + other.namespace() + "\"}}", Namespace.class));
        other.create(ServiceKind.KIND, "s", "{\"ports\":[{\"port\":80}]}");
        other.create(DeploymentKind.KIND, "web", replicated("web", 1, ""));
        other.whenPods("web", pods -> pods.size() == 1);
        cluster.client().resource(NamespaceKind.KIND).delete("", other.namespace(), Deletion.defaults());
        new Workloads(cluster.client(), "").whenGone(NamespaceKind.KIND, other.namespace());
        assertEquals(List.of(), other.all(PodKind.KIND));
        assertEquals(List.of(), other.all(ServiceKind.KIND));
    }

    @Test
    void recreationNeverRunsBothRevisions() {
        cluster.create(DeploymentKind.KIND, "re", replicated("re", 2, "\"strategy\":{\"type\":\"Recreate\"},"));
        cluster.when(DeploymentKind.KIND, "re", status("readyReplicas", 2));
        Set<String> before = names(cluster.pods("re"));
        cluster.patch(
                DeploymentKind.KIND, "re", "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}");
        cluster.whenPods(
                "re",
                pods -> pods.size() == 2
                        && pods.stream()
                                .noneMatch(p -> before.contains(p.metadata().name())));
    }

    private static Set<String> names(List<Pod> pods) {
        return pods.stream().map(p -> String.valueOf(p.metadata().name())).collect(Collectors.toSet());
    }

    @Test
    void oldReplicaSetsGoBeyondTheHistoryLimit() {
        cluster.create(DeploymentKind.KIND, "his", replicated("his", 1, "\"revisionHistoryLimit\":0,"));
        cluster.when(DeploymentKind.KIND, "his", status("readyReplicas", 1));
        cluster.patch(
                DeploymentKind.KIND, "his", "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}");
        cluster.when(
                DeploymentKind.KIND,
                "his",
                condition("Progressing", "NewReplicaSetAvailable")
                        .and(o -> cluster.all(ReplicaSetKind.KIND).stream()
                                        .filter(r -> "his"
                                                .equals(r.metadata().labels().get("app")))
                                        .count()
                                == 1));
    }

    @Test
    void aStatefulSetScalesInOrderAndRollsDownToItsPartition() {
        cluster.create(StatefulSetKind.KIND, "db", replicated("db", 3, "\"serviceName\":\"db\","));
        cluster.when(StatefulSetKind.KIND, "db", status("readyReplicas", 3));
        assertEquals(Set.of("db-0", "db-1", "db-2"), names(cluster.pods("db")));
        cluster.patch(
                StatefulSetKind.KIND,
                "db",
                "{\"spec\":{\"updateStrategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"partition\":2}},"
                        + "\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}");
        String update = cluster.when(
                        StatefulSetKind.KIND, "db", status("updatedReplicas", 1).and(status("readyReplicas", 3)))
                .path("status")
                .path("updateRevision")
                .asString();
        assertEquals(
                Set.of("db-2"),
                names(cluster.pods("db").stream()
                        .filter(p -> update.equals(p.metadata().labels().get("controller-revision-hash")))
                        .toList()));
        cluster.patch(
                StatefulSetKind.KIND, "db", "{\"spec\":{\"updateStrategy\":{\"rollingUpdate\":{\"partition\":0}}}}");
        cluster.when(
                StatefulSetKind.KIND,
                "db",
                o -> o.path("status").path("currentRevision").asString("").equals(update));
        cluster.patch(StatefulSetKind.KIND, "db", "{\"spec\":{\"replicas\":1}}");
        cluster.whenPods("db", pods -> names(pods).equals(Set.of("db-0")));
    }

    @Test
    void aDaemonSetRunsOnEachNodeAndRollsForthAndBack() {
        cluster.create(DaemonSetKind.KIND, "agent", replicated("agent", 0, "").replace("\"replicas\":0,", ""));
        cluster.when(DaemonSetKind.KIND, "agent", status("numberReady", 2));
        assertEquals(
                2,
                cluster.pods("agent").stream()
                        .map(p -> p.spec().nodeName())
                        .distinct()
                        .count());
        cluster.patch(
                DaemonSetKind.KIND,
                "agent",
                "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}");
        cluster.when(
                DaemonSetKind.KIND,
                "agent",
                status("updatedNumberScheduled", 2)
                        .and(status("numberReady", 2))
                        .and(status("observedGeneration", 2)));
        cluster.patch(
                DaemonSetKind.KIND, "agent", "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":null}}}}}");
        cluster.when(
                DaemonSetKind.KIND,
                "agent",
                status("updatedNumberScheduled", 2)
                        .and(status("numberReady", 2))
                        .and(status("observedGeneration", 3)));
    }

    @Test
    void podsAreAdoptedAndReleased() {
        cluster.createWith(
                PodKind.KIND,
                "stray",
                ",\"labels\":{\"app\":\"adopt\"}",
                "{\"containers\":[{\"name\":\"c\",\"image\":\"example/image\"}]}");
        cluster.create(ReplicationControllerKind.KIND, "adopt", controller("adopt", 1));
        cluster.when(
                PodKind.KIND,
                "stray",
                p -> p.path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("name")
                        .asString("")
                        .equals("adopt"));
        cluster.patch(PodKind.KIND, "stray", "{\"metadata\":{\"labels\":{\"app\":\"free\"}}}");
        cluster.when(
                PodKind.KIND,
                "stray",
                p -> p.path("metadata").path("ownerReferences").isEmpty());
        cluster.whenPods("adopt", pods -> pods.size() == 1);
    }

    @Test
    void anIndexedJobHasEachIndexOnce() {
        cluster.create(
                JobKind.KIND,
                "index",
                job("\"completionMode\":\"Indexed\",\"completions\":3,\"parallelism\":3,", 1, 0));
        assertEquals(
                "0-2",
                cluster.when(JobKind.KIND, "index", condition("Complete", "CompletionsReached"))
                        .path("status")
                        .path("completedIndexes")
                        .asString());
    }

    @Test
    void aJobFailsEarlyByItsPolicy() {
        cluster.create(
                JobKind.KIND,
                "early",
                job(
                        "\"completions\":2,\"parallelism\":2,\"podFailurePolicy\":{\"rules\":[{\"action\":\"FailJob\",\"onExitCodes\":{\"operator\":\"In\",\"values\":[42]}}]},",
                        1,
                        42));
        cluster.when(JobKind.KIND, "early", condition("Failed", "PodFailurePolicy"));
    }

    @Test
    void tooManyFailedIndexesEndAJob() {
        cluster.create(
                JobKind.KIND,
                "many",
                job(
                        "\"completionMode\":\"Indexed\",\"completions\":4,\"parallelism\":2,\"backoffLimitPerIndex\":0,\"maxFailedIndexes\":1,",
                        1,
                        1));
        cluster.when(JobKind.KIND, "many", condition("Failed", "MaxFailedIndexesExceeded"));
    }

    @Test
    void aSuccessPolicyEndsAJobWell() {
        cluster.create(
                JobKind.KIND,
                "enough",
                job(
                        "\"completionMode\":\"Indexed\",\"completions\":5,\"parallelism\":2,\"successPolicy\":{\"rules\":[{\"succeededCount\":1}]},",
                        1,
                        0));
        cluster.when(JobKind.KIND, "enough", condition("SuccessCriteriaMet", "SuccessPolicy"));
        cluster.when(JobKind.KIND, "enough", condition("Complete", "SuccessPolicy"));
    }

    @Test
    void budgetsSayWhatMayGo() {
        cluster.create(DeploymentKind.KIND, "pdb", replicated("pdb", 3, ""));
        cluster.create(
                PodDisruptionBudgetKind.KIND,
                "pdb",
                "{\"minAvailable\":2,\"selector\":{\"matchLabels\":{\"app\":\"pdb\"}}}");
        cluster.when(
                PodDisruptionBudgetKind.KIND,
                "pdb",
                status("disruptionsAllowed", 1)
                        .and(status("expectedPods", 3))
                        .and(condition("DisruptionAllowed", "SufficientPods")));
    }

    @Test
    void aQuotaCountsControllersAndQuotasAndLetsGo() {
        Workloads other = new Workloads(cluster.client(), cluster.namespace() + "-quota");
        cluster.client()
                .resource(NamespaceKind.KIND)
                .create(Json.MAPPER.readValue(
                        "{\"metadata\":{\"name\":\"" + other.namespace() + "\"}}", Namespace.class));
        other.create(
                ResourceQuotaKind.KIND, "q", "{\"hard\":{\"replicationcontrollers\":\"2\",\"resourcequotas\":\"1\"}}");
        other.when(ResourceQuotaKind.KIND, "q", used("resourcequotas", "1"));
        other.create(ReplicationControllerKind.KIND, "rc", controller("rc", 0));
        other.when(ResourceQuotaKind.KIND, "q", used("replicationcontrollers", "1"));
        other.delete(ReplicationControllerKind.KIND, "rc", Deletion.background());
        other.when(ResourceQuotaKind.KIND, "q", used("replicationcontrollers", "0"));
    }

    @Test
    void aQuotaIsUpdatedAndDeleted() {
        cluster.create(ResourceQuotaKind.KIND, "changing", "{\"hard\":{\"limits.cpu\":\"1\"}}");
        cluster.when(ResourceQuotaKind.KIND, "changing", hard("limits.cpu", "1"));
        cluster.update(
                ResourceQuotaKind.KIND,
                "changing",
                quota -> quota.withObject("/spec/hard").put("limits.cpu", "2"));
        cluster.when(ResourceQuotaKind.KIND, "changing", hard("limits.cpu", "2"));
        cluster.delete(ResourceQuotaKind.KIND, "changing", Deletion.defaults());
        assertTrue(cluster.client()
                .resource(ResourceQuotaKind.KIND)
                .find(cluster.namespace(), "changing")
                .isEmpty());
    }

    @Test
    void quotasCountPodsOfTheirScope() {
        Workloads other = new Workloads(cluster.client(), cluster.namespace() + "-scopes");
        cluster.client()
                .resource(NamespaceKind.KIND)
                .create(Json.MAPPER.readValue(
                        "{\"metadata\":{\"name\":\"" + other.namespace() + "\"}}", Namespace.class));
        for (String scope : List.of("BestEffort", "NotBestEffort")) {
            String name = scope.toLowerCase(java.util.Locale.ROOT);
            other.create(ResourceQuotaKind.KIND, name, "{\"hard\":{\"pods\":\"5\"},\"scopes\":[\"" + scope + "\"]}");
            other.when(ResourceQuotaKind.KIND, name, used("pods", "0"));
        }
        quotaOf(other, "besteffort", "notbesteffort", "");
        quotaOf(other, "notbesteffort", "besteffort", ",\"resources\":{\"requests\":{\"cpu\":\"100m\"}}");
    }

    /// One quota counts the pod, the other does not, and the count goes back with it.
    private static void quotaOf(Workloads other, String counting, String notCounting, String resources) {
        other.create(
                PodKind.KIND,
                "p-" + counting,
                "{\"containers\":[{\"name\":\"c\",\"image\":\"example/image\"" + resources + "}]}");
        other.when(ResourceQuotaKind.KIND, counting, used("pods", "1"));
        other.when(ResourceQuotaKind.KIND, notCounting, used("pods", "0"));
        other.delete(PodKind.KIND, "p-" + counting, Deletion.defaults());
        other.when(ResourceQuotaKind.KIND, counting, used("pods", "0"));
    }

    private static java.util.function.Predicate<tools.jackson.databind.JsonNode> hard(String name, String amount) {
        return quota ->
                quota.path("status").path("hard").path(name).asString("").equals(amount);
    }

    private static java.util.function.Predicate<tools.jackson.databind.JsonNode> used(String name, String amount) {
        return quota ->
                quota.path("status").path("used").path(name).asString("").equals(amount);
    }
}
