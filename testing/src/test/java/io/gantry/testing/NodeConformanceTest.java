package io.gantry.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.kubelet.simulated.SimulatedNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nodes and their pods as upstream's conformance tests ask for them: evictions by taints, generations.
@Gantry(nodes = 1, scope = Gantry.Scope.CLASS)
class NodeConformanceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int UPDATES = 500;
    private static final String NODE = "tainted";

    private final Resource<Pod> pods;
    private final Resource<Node> nodes;
    private String namespace = "";

    NodeConformanceTest(GantryCluster cluster) {
        ApiClient client = cluster.client();
        pods = client.resource(PodKind.KIND);
        nodes = client.resource(NodeKind.KIND);
        if (!cluster.nodes().names().contains(NODE)) {
            cluster.addNodes(List.of(SimulatedNode.named(NODE).withLabel("evicts", "yes")));
        }
    }

    @BeforeEach
    void take(@FromGantry(FromGantry.Value.NAMESPACE) String own) {
        namespace = own;
    }

    private Pod create(String name, String metadata, String spec) {
        String json = "{'metadata':{" + metadata + "'name':'" + name + "','namespace':'" + namespace
                + "','generation':100},'spec':{" + spec + "'containers':[{'name':'c','image':'i'}]}}";
        return pods.create(Json.MAPPER.readValue(json.replace('\'', '"'), Pod.class));
    }

    private Pod running(String name) {
        return await().atMost(PATIENCE)
                .until(
                        () -> pods.get(namespace, name),
                        pod -> "Running".equals(pod.status().phase()));
    }

    private void taint(List<Map<String, Object>> taints) {
        nodes.patch("", NODE, Patch.merge(Map.of("spec", Map.of("taints", taints))));
    }

    private void tolerating(String name, long seconds) {
        create(
                name,
                "",
                "'terminationGracePeriodSeconds':0,'nodeSelector':{'evicts':'yes'},'tolerations':[{'key':'evict','operator':'Exists','effect':'NoExecute',"
                        + "'tolerationSeconds':" + seconds + "}],");
        running(name);
    }

    /// A toleration holds for its time; where the taint goes before, the pod stays.
    @Test
    void taintsEvictAfterTheTimeThatIsTolerated() {
        tolerating("short", 1);
        tolerating("longer", 4);
        tolerating("long", 600);
        Instant tainted = Instant.now();
        taint(List.of(Map.of("key", "evict", "value", "now", "effect", "NoExecute")));
        whenGone("short");
        assertTrue(pods.find(namespace, "longer")
                .filter(pod -> pod.metadata().deletionTimestamp() == null)
                .isPresent());
        whenGone("longer");
        assertTrue(Duration.between(tainted, Instant.now()).toSeconds() >= 3);
        taint(List.of());
        await().atMost(PATIENCE).until(() -> nodes.get("", NODE).spec().taints().isEmpty());
        assertNull(pods.get(namespace, "long").metadata().deletionTimestamp());
    }

    @Test
    void anEvictionIsCancelledWhenTheTaintGoes() {
        tolerating("stays", 7);
        tolerating("witness", 1);
        Instant tainted = Instant.now();
        taint(List.of(Map.of("key", "evict", "value", "now", "effect", "NoExecute")));
        whenGone("witness");
        taint(List.of());
        await().atMost(PATIENCE)
                .until(() -> Duration.between(tainted, Instant.now()).toSeconds() >= 9);
        assertNull(pods.get(namespace, "stays").metadata().deletionTimestamp());
    }

    private void whenGone(String name) {
        await().atMost(PATIENCE).until(() -> pods.find(namespace, name).isEmpty());
    }

    @Test
    void fiveHundredUpdatesAreCountedAndSeen() {
        assertEquals(
                1L,
                create("counted", "", "'activeDeadlineSeconds':100000,")
                        .metadata()
                        .generation());
        running("counted");
        for (int i = 1; i <= UPDATES; i++) {
            pods.patch(namespace, "counted", Patch.merge(Map.of("spec", Map.of("activeDeadlineSeconds", 100_000 - i))));
        }
        assertEquals(1L + UPDATES, pods.get(namespace, "counted").metadata().generation());
        await().atMost(PATIENCE)
                .until(() -> Objects.equals(
                        1L + UPDATES, pods.get(namespace, "counted").status().observedGeneration()));
        await().atMost(PATIENCE)
                .until(() -> pods.get(namespace, "counted").status().conditions().stream()
                        .map(PodCondition::observedGeneration)
                        .allMatch(g -> Objects.equals(1L + UPDATES, g)));
    }

    @Test
    void aGracefulDeletionIsAnotherGeneration() {
        create("leaving", "'finalizers':['example.com/look'],", "");
        assertEquals(1L, running("leaving").metadata().generation());
        pods.delete(namespace, "leaving", Deletion.defaults().withGraceSeconds(60));
        assertEquals(2L, pods.get(namespace, "leaving").metadata().generation());
        await().atMost(PATIENCE)
                .until(() -> Objects.equals(
                        2L, pods.get(namespace, "leaving").status().observedGeneration()));
        pods.patch(namespace, "leaving", Patch.json(List.of(Map.of("op", "remove", "path", "/metadata/finalizers"))));
    }

    /// Served as it was written; nothing here mounts it.
    @Test
    void aPodWithAnInlineVolumeOfADriverIsServed() {
        create(
                "inline",
                "'labels':{'inline':'yes'},",
                "'schedulerName':'nobody','volumes':[{'name':'v','csi':{'driver':'inline.example.com',"
                        + "'volumeAttributes':{'size':'1Gi'}}}],");
        pods.patch(namespace, "inline", Patch.merge(Map.of("metadata", Map.of("labels", Map.of("more", "yes")))));
        List<Pod> listed = pods.list(ListOptions.inNamespace(namespace)).items().stream()
                .filter(p -> "yes".equals(p.metadata().labels().get("more")))
                .toList();
        assertEquals(1, listed.size());
        assertEquals(
                "inline.example.com",
                Objects.requireNonNull(
                                listed.getFirst().spec().volumes().getFirst().csi())
                        .driver());
        pods.delete(namespace, "inline", Deletion.defaults());
        await().atMost(PATIENCE).until(() -> pods.find(namespace, "inline").isEmpty());
    }
}
