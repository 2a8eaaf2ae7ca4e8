package io.gantry.testing;

import static io.gantry.testing.Workloads.names;
import static io.gantry.testing.Workloads.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Patch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the conformance suite asks of DaemonSets, on a whole cluster with simulated containers.
@Gantry(nodes = 2)
class DaemonSetConformanceTest {
    private static final String WAITING =
            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{" + "\"simulated.gantry.io/waiting\":%s}}}}}";

    private Workloads cluster;

    @BeforeEach
    void namespace(ApiClient client, @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        cluster = new Workloads(client, namespace);
    }

    private static String daemon(String app, String podSpec) {
        return Workloads.replicated(app, 0, "")
                .replace("\"replicas\":0,", "")
                .replace("\"terminationGracePeriodSeconds\":0,", "\"terminationGracePeriodSeconds\":0," + podSpec);
    }

    @Test
    void aFailedDaemonPodIsReplaced() {
        cluster.create(DaemonSetKind.KIND, "failing", daemon("failing", ""));
        cluster.when(DaemonSetKind.KIND, "failing", status("numberReady", 2));
        Pod failed = cluster.pods("failing").getFirst();
        cluster.client()
                .resource(PodKind.KIND)
                .patch(
                        cluster.namespace(),
                        String.valueOf(failed.metadata().name()),
                        Patch.merge(io.gantry.api.Json.MAPPER.readTree("{\"status\":{\"phase\":\"Failed\"}}"))
                                .subresource("status"));
        cluster.whenPods(
                "failing",
                pods -> pods.size() == 2
                        && !names(pods).contains(failed.metadata().name())
                        && pods.stream()
                                .allMatch(p -> "Running".equals(p.status().phase())));
    }

    @Test
    void aRollbackRestartsNoPodThatTheUpdateHadNotReached() {
        cluster.create(DaemonSetKind.KIND, "back", daemon("back", ""));
        cluster.when(DaemonSetKind.KIND, "back", status("numberReady", 2));
        Set<String> before = names(cluster.pods("back"));
        cluster.patch(DaemonSetKind.KIND, "back", WAITING.formatted("\"ErrImagePull\""));
        cluster.when(
                DaemonSetKind.KIND, "back", status("updatedNumberScheduled", 1).and(status("numberUnavailable", 1)));
        List<Pod> half = cluster.whenPods(
                "back",
                pods -> pods.stream()
                                .filter(p -> before.contains(p.metadata().name()))
                                .count()
                        == 1);
        String kept = names(half).stream().filter(before::contains).findFirst().orElseThrow();
        cluster.patch(DaemonSetKind.KIND, "back", WAITING.formatted("null"));
        cluster.when(
                DaemonSetKind.KIND,
                "back",
                status("updatedNumberScheduled", 2)
                        .and(status("numberReady", 2))
                        .and(status("observedGeneration", 3)));
        assertTrue(names(cluster.pods("back")).contains(kept));
    }

    @Test
    void labelsOfNodesDecideWhereDaemonsRun() {
        label("node-0", "\"blue\"");
        cluster.create(DaemonSetKind.KIND, "select", daemon("select", "\"nodeSelector\":{\"colour\":\"blue\"},"));
        cluster.whenPods("select", pods -> nodesOf(pods).equals(List.of("node-0")));
        label("node-0", "\"green\"");
        cluster.whenPods("select", List::isEmpty);
        cluster.patch(
                DaemonSetKind.KIND,
                "select",
                "{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"colour\":\"green\"}}}}}");
        cluster.whenPods("select", pods -> nodesOf(pods).equals(List.of("node-0")));
        cluster.create(
                DaemonSetKind.KIND,
                "affine",
                daemon(
                        "affine",
                        "\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{"
                                + "\"nodeSelectorTerms\":[{\"matchExpressions\":[{\"key\":\"colour\",\"operator\":\"In\","
                                + "\"values\":[\"green\"]}]}]}}},"));
        cluster.whenPods("affine", pods -> nodesOf(pods).equals(List.of("node-0")));
        label("node-0", "null");
        cluster.whenPods("affine", List::isEmpty);
        assertEquals(List.of(), cluster.whenPods("select", List::isEmpty));
    }

    private void label(String node, String colour) {
        new Workloads(cluster.client(), "")
                .patch(NodeKind.KIND, node, "{\"metadata\":{\"labels\":{\"colour\":" + colour + "}}}");
    }

    private static List<String> nodesOf(List<Pod> pods) {
        return pods.stream()
                .map(p -> String.valueOf(p.spec().nodeName()))
                .sorted()
                .toList();
    }
}
