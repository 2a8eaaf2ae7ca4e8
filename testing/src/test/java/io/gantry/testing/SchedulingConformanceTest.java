package io.gantry.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.core.v1.limitrange.LimitRange;
import io.gantry.api.core.v1.limitrange.LimitRangeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.scheduling.v1.priorityclass.PriorityClass;
import io.gantry.api.scheduling.v1.priorityclass.PriorityClassKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.kubelet.simulated.SimulatedNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Scheduling as upstream's conformance tests ask for it, against API server, scheduler and simulated nodes.
@Gantry(nodes = 0, scope = Gantry.Scope.CLASS)
class SchedulingConformanceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApiClient client;
    private final Resource<Pod> pods;
    private String namespace = "";

    SchedulingConformanceTest(GantryCluster cluster) {
        client = cluster.client();
        pods = client.resource(PodKind.KIND);
        if (!cluster.nodes().names().contains("big")) {
            cluster.addNodes(List.of(
                    SimulatedNode.named("big").withCapacity("cpu", "4").withLabel("disk", "ssd"),
                    SimulatedNode.named("small")
                            .withCapacity("cpu", "1")
                            .withTaint("only", "gpu", "NoSchedule")
                            .withCapacity("example.com/path", "1000")
                            .withCapacity("example.com/critical", "3")));
        }
    }

    @BeforeEach
    void take(@FromGantry(FromGantry.Value.NAMESPACE) String own) {
        namespace = own;
    }

    @Test
    void aPodThatAsksForMoreThanAnyNodeHasStaysPendingAndSaysWhy() {
        create("huge", "", "'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'40'}}}]");
        PodCondition why = unscheduled("huge");
        assertEquals("Unschedulable", why.reason());
        assertEquals(
                "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). no new claims to "
                        + "deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
                why.message());
    }

    @Test
    void aNodeSelectorIsRespected() {
        create("matching", "", "'nodeSelector':{'disk':'ssd'}," + plain());
        assertEquals("big", nodeOf("matching"));
        create("not-matching", "", "'nodeSelector':{'disk':'tape'}," + plain());
        assertEquals("Unschedulable", unscheduled("not-matching").reason());
    }

    @Test
    void hostPortsOfTheWildcardAddressConflictWithThoseOfAny() {
        create("one", "", hostPort("", "TCP"));
        assertEquals("big", nodeOf("one"));
        create("two", "", hostPort("127.0.0.1", "TCP"));
        assertEquals(
                "0/2 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, 1 node(s) had "
                        + "untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for "
                        + "incoming pod, 1 Preemption is not helpful for scheduling.",
                unscheduled("two").message());
        create("three", "", hostPort("127.0.0.1", "UDP"));
        assertEquals("big", nodeOf("three"));
    }

    @Test
    void aMoreImportantPodTakesTheRoomOfALessImportantOne() {
        priorityClass("important-" + namespace, 1000);
        create("low", "'finalizers':['example.com/look'],", cpu("3"));
        assertEquals("big", nodeOf("low"));
        create("high", "", "'priorityClassName':'important-" + namespace + "'," + cpu("3"));
        await().atMost(PATIENCE)
                .until(() -> condition("low", "DisruptionTarget") != null
                        && pods.get(namespace, "low").metadata().deletionTimestamp() != null);
        assertEquals(
                "PreemptionByScheduler",
                Objects.requireNonNull(condition("low", "DisruptionTarget")).reason());
        pods.patch(namespace, "low", Patch.json(List.of(Map.of("op", "remove", "path", "/metadata/finalizers"))));
        assertEquals("big", nodeOf("high"));
        assertEquals(null, pods.get(namespace, "high").status().nominatedNodeName());
        pods.delete(namespace, "high", Deletion.defaults().withGraceSeconds(0));
    }

    /// Each set has the pods it made at first and those that came for preempted ones, and no more.
    @Test
    void preemptionTakesNoMorePodsOfReplicaSetsThanItMust() {
        for (int i = 1; i <= 4; i++) {
            priorityClass("p" + i + "-" + namespace, i);
        }
        List<Integer> sizes = List.of(200, 300, 450);
        for (int i = 1; i <= 3; i++) {
            String app = "rs" + i;
            client.resource(ReplicaSetKind.KIND)
                    .create(json(
                            ReplicaSet.class,
                            "{'metadata':{'name':'" + app + "','namespace':'" + namespace
                                    + "'},'spec':{'replicas':1,'selector':{'matchLabels':{'app':'" + app
                                    + "'}},'template':{'metadata':{'labels':{'app':'" + app + "'}},'spec':{"
                                    + ofSmall("p" + i + "-" + namespace, "path", sizes.get(i - 1)) + "}}}}"));
            await().atMost(PATIENCE).until(() -> placed(app) == 1);
        }
        create("preemptor", "", ofSmall("p4-" + namespace, "path", 500));
        assertEquals("small", nodeOf("preemptor"));
        await().atMost(PATIENCE)
                .until(() -> living("rs1").size() == 1 && living("rs2").size() == 1);
        assertEquals(List.of(0L, 0L, 1L), List.of(placed("rs1"), placed("rs2"), placed("rs3")));
    }

    @Test
    void aCriticalPodTakesTheRoomOfALessImportantOne() {
        priorityClass("medium-" + namespace, 100);
        create("medium", "", ofSmall("medium-" + namespace, "critical", 2));
        assertEquals("small", nodeOf("medium"));
        String own = namespace;
        namespace = "kube-system";
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            create("critical-" + own, "", ofSmall("system-cluster-critical", "critical", 2));
            return true;
        });
        assertEquals("small", nodeOf("critical-" + own));
        pods.delete(namespace, "critical-" + own, Deletion.defaults().withGraceSeconds(0));
        await().atMost(PATIENCE).until(() -> pods.find(own, "medium").isEmpty());
    }

    /// A pod for the node `small` that asks for so much of a resource that only it has.
    private static String ofSmall(String priorityClass, String resource, int amount) {
        String asked = "{'example.com/" + resource + "':'" + amount + "'}";
        return "'terminationGracePeriodSeconds':0,'priorityClassName':'" + priorityClass
                + "','tolerations':[{'operator':'Exists'}],'containers':[{'name':'c','image':'i','resources':{"
                + "'requests':" + asked + ",'limits':" + asked + "}}]";
    }

    private List<Pod> living(String app) {
        return pods.list(ListOptions.inNamespace(namespace).withLabelSelector("app=" + app)).items().stream()
                .filter(p -> p.metadata().deletionTimestamp() == null)
                .toList();
    }

    private long placed(String app) {
        return living(app).stream().filter(p -> p.spec().nodeName() != null).count();
    }

    @Test
    void aPodWithGatesWaitsForThem() {
        create("gated", "", "'schedulingGates':[{'name':'example.com/wait'}]," + plain());
        assertEquals("SchedulingGated", unscheduled("gated").reason());
        pods.patch(namespace, "gated", Patch.json(List.of(Map.of("op", "remove", "path", "/spec/schedulingGates/0"))));
        assertEquals("big", nodeOf("gated"));
    }

    @Test
    void priorityClassesAreServedAndTheirValuesFixed() {
        Resource<PriorityClass> classes = client.resource(PriorityClassKind.KIND);
        String name = "p-" + namespace;
        priorityClass(name, 7);
        assertThrows(StatusException.class, () -> classes.patch("", name, Patch.merge(Map.of("value", 8))));
        classes.patch("", name, Patch.merge(Map.of("description", "seven")));
        assertEquals("seven", classes.get("", name).description());
        create("classy", "", "'priorityClassName':'" + name + "'," + plain());
        assertEquals(7, pods.get(namespace, "classy").spec().priority());
        classes.delete("", name, Deletion.defaults());
        assertEquals(true, classes.find("", name).isEmpty());
    }

    @Test
    void limitRangesDefaultAndBound() {
        client.resource(LimitRangeKind.KIND)
                .create(json(
                        LimitRange.class,
                        "{'metadata':{'name':'lr','namespace':'" + namespace
                                + "'},'spec':{'limits':[{'type':'Container',"
                                + "'min':{'cpu':'50m'},'max':{'cpu':'500m'},'default':{'cpu':'300m'},"
                                + "'defaultRequest':{'cpu':'100m'}}]}}"));
        await().atMost(PATIENCE).until(() -> {
            create("defaulted", "", plain());
            boolean defaulted = request("defaulted").equals("100m");
            pods.delete(namespace, "defaulted", Deletion.defaults().withGraceSeconds(0));
            await().atMost(PATIENCE)
                    .until(() -> pods.find(namespace, "defaulted").isEmpty());
            return defaulted;
        });
        assertThrows(StatusException.class, () -> create("too-large", "", cpu("600m")));
        Resource<LimitRange> ranges = client.resource(LimitRangeKind.KIND);
        ranges.patch(namespace, "lr", Patch.merge(Map.of("metadata", Map.of("labels", Map.of("l", "r")))));
        ListOptions mine = new ListOptions(namespace, "l=r", "", "", 0, "");
        assertEquals(1, ranges.list(mine).items().size());
        ranges.deleteCollection(mine, Deletion.defaults());
        assertEquals(0, ranges.list(mine).items().size());
    }

    private void priorityClass(String name, int value) {
        client.resource(PriorityClassKind.KIND)
                .create(json(PriorityClass.class, "{'metadata':{'name':'" + name + "'},'value':" + value + "}"));
    }

    private void create(String name, String metadata, String spec) {
        pods.create(json(
                Pod.class,
                "{'metadata':{" + metadata + "'name':'" + name + "','namespace':'" + namespace + "'},'spec':{" + spec
                        + "}}"));
    }

    private static String plain() {
        return "'containers':[{'name':'c','image':'i'}]";
    }

    private static String cpu(String amount) {
        return "'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'" + amount + "'}}}]";
    }

    private static String hostPort(String address, String protocol) {
        return "'containers':[{'name':'c','image':'i','ports':[{'containerPort':80,'hostPort':54321,'protocol':'"
                + protocol + "'" + (address.isEmpty() ? "" : ",'hostIP':'" + address + "'") + "}]}]";
    }

    private String request(String name) {
        return String.valueOf(Objects.requireNonNull(
                        pods.get(namespace, name).spec().containers().getFirst().resources())
                .requests()
                .get("cpu"));
    }

    private String nodeOf(String name) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Objects.requireNonNullElse(
                                pods.get(namespace, name).spec().nodeName(), ""),
                        node -> !node.isEmpty());
    }

    private PodCondition unscheduled(String name) {
        return Objects.requireNonNull(await().atMost(PATIENCE)
                .until(
                        () -> condition(name, "PodScheduled"),
                        c -> c != null && c.status().equals("False")));
    }

    private @org.jspecify.annotations.Nullable PodCondition condition(String name, String type) {
        return pods.get(namespace, name).status().conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    private static <T extends KubernetesObject> T json(Class<T> type, String text) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }
}
