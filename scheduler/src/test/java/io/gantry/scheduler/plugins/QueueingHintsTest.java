package io.gantry.scheduler.plugins;

import static io.gantry.scheduler.testing.Objects.json;
import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csinode.CSINode;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.Plugin;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// After upstream's `EventsToRegister` and `isSchedulableAfter…` of 1.36, plugin by plugin. Where we wake a pod
/// that upstream leaves asleep the case says so.
final class QueueingHintsTest {
    private record Case(Plugin plugin, String name, ClusterEvent event, PodInfo waiting, boolean helps) {}

    private static final FakeCluster CLUSTER = new FakeCluster();
    private static final Plugin NAME = new NodeName();
    private static final Plugin PORTS = new NodePorts();
    private static final Plugin FEATURES = new NodeDeclaredFeatures();
    private static final Plugin CORDON = new NodeUnschedulable();
    private static final Plugin TAINTS = new TaintToleration();
    private static final Plugin NODE_AFFINITY = new NodeAffinityPlugin(NodeAffinityArgs.DEFAULT);
    private static final Plugin FIT = new NodeResourcesFit(NodeResourcesFitArgs.DEFAULT, new FakeCluster());
    private static final Plugin AFFINITY = new InterPodAffinity(CLUSTER::namespaceLabels, InterPodAffinityArgs.DEFAULT);
    private static final Plugin SPREAD = new PodTopologySpread(pod -> Optional.empty(), PodTopologySpreadArgs.DEFAULT);
    private static final Plugin BINDING = new VolumeBinding(CLUSTER, CLUSTER, VolumeBindingArgs.DEFAULT);
    private static final Plugin ZONE = new VolumeZone(CLUSTER);
    private static final Plugin RESTRICTIONS = new VolumeRestrictions(CLUSTER);
    private static final Plugin LIMITS = new NodeVolumeLimits(CLUSTER);

    private static final PodInfo PLAIN = pod("w", "");
    private static final PodInfo SMALL = pod("w", 0, "1", "1Gi");
    private static final PodInfo HOST_PORT = pod("w", "'containers':[{'name':'c','ports':[{'hostPort':80}]}]");
    private static final PodInfo SELECTS = pod("w", "'nodeSelector':{'disk':'ssd'}");
    private static final PodInfo CLAIMS =
            pod("w", "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]");
    private static final String TERM = "{'topologyKey':'zone','labelSelector':{'matchLabels':{'app':'web'}}}";
    private static final PodInfo NEAR = pod("w", "'affinity':{'podAffinity':" + required(TERM) + "}");
    private static final PodInfo NEAR_TWO = pod(
            "w",
            "'affinity':{'podAffinity':"
                    + required(TERM + ",{'topologyKey':'zone','labelSelector':{'matchLabels':{'tier':'a'}}}") + "}");
    private static final PodInfo FAR = pod("w", "'affinity':{'podAntiAffinity':" + required(TERM) + "}");
    private static final PodInfo FAR_WEB =
            pod("far", "'app':'web'", "'affinity':{'podAntiAffinity':" + required(TERM) + "}");
    private static final PodInfo WEB = pod("o", "'app':'web'", "");
    private static final PodInfo OTHER = pod("o", "'app':'db'", "");
    private static final PodInfo SPREADS = spreads("");
    private static final PodInfo SPREADS_HONOR = spreads(",'nodeTaintsPolicy':'Honor'");

    private static PodInfo spreads(String more) {
        return pod(
                "w",
                "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule',"
                        + "'labelSelector':{'matchLabels':{'app':'web'}}" + more + "}]");
    }

    private static String required(String terms) {
        return "{'requiredDuringSchedulingIgnoredDuringExecution':[" + terms + "]}";
    }

    private static Node labelled(String labels) {
        return node("a", labels, "").node();
    }

    private static Node with(String spec) {
        return node("a", "", spec).node();
    }

    private static Node room(String cpu, String pods) {
        return json(
                Node.class,
                "{'metadata':{'name':'a'},'status':{'allocatable':{'cpu':'" + cpu + "','memory':'8Gi','pods':'" + pods
                        + "'}}}");
    }

    private static Node declaring(String features) {
        return json(Node.class, "{'metadata':{'name':'a'},'status':{'declaredFeatures':[" + features + "]}}");
    }

    private static ClusterEvent added(Node node) {
        return new ClusterEvent.NodeAdded(node);
    }

    private static ClusterEvent changed(Node before, Node after) {
        return new ClusterEvent.NodeChanged(before, after);
    }

    private static ClusterEvent placed(PodInfo pod) {
        return new ClusterEvent.PodPlaced(pod, Optional.empty());
    }

    private static ClusterEvent changed(PodInfo before, PodInfo after) {
        return new ClusterEvent.PodPlaced(after, Optional.of(before));
    }

    private static ClusterEvent gone(PodInfo pod) {
        return new ClusterEvent.PodGone(pod, "a", waiting -> Optional.empty());
    }

    private static ClusterEvent goneFrom(String cpu) {
        return new ClusterEvent.PodGone(OTHER, "a", waiting -> Optional.of(NodeInfo.of(room(cpu, "10"))));
    }

    private static ClusterEvent itself(PodInfo before, PodInfo after) {
        return new ClusterEvent.PodItself(before, after);
    }

    private static final ClusterEvent DETACHED =
            new ClusterEvent.AttachmentGone(json(VolumeAttachment.class, "{'metadata':{'name':'va'},'spec':{}}"));

    private static ClusterEvent room(Optional<String> before, String after) {
        return new ClusterEvent.CapacityChanged(before.map(QueueingHintsTest::capacity), capacity(after));
    }

    private static CSIStorageCapacity capacity(String amount) {
        return json(
                CSIStorageCapacity.class,
                "{'metadata':{'name':'c'},'storageClassName':'s','capacity':'" + amount + "'}");
    }

    private static ClusterEvent tracking(boolean before, boolean after) {
        return new ClusterEvent.CsiDriverChanged(Optional.of(driver(before)), driver(after));
    }

    private static CSIDriver driver(boolean tells) {
        return json(CSIDriver.class, "{'metadata':{'name':'d'},'spec':{'storageCapacity':" + tells + "}}");
    }

    private static ClusterEvent claim(String name, boolean isNew) {
        PersistentVolumeClaim claim =
                json(PersistentVolumeClaim.class, "{'metadata':{'name':'" + name + "','namespace':'default'}}");
        return new ClusterEvent.ClaimChanged(isNew ? Optional.empty() : Optional.of(claim), claim);
    }

    private static PersistentVolume volume(String labels) {
        return json(PersistentVolume.class, "{'metadata':{'name':'v','labels':{" + labels + "}}}");
    }

    private static ClusterEvent volume(String before, String after) {
        return new ClusterEvent.VolumeChanged(Optional.of(volume(before)), volume(after));
    }

    private static StorageClass storage(String more) {
        return json(StorageClass.class, "{'metadata':{'name':'s'},'provisioner':'p'" + more + "}");
    }

    private static CSINode csi(int count) {
        return json(
                CSINode.class,
                "{'metadata':{'name':'a'},'spec':{'drivers':[{'name':'d','nodeID':'a','allocatable':{'count':" + count
                        + "}}]}}");
    }

    @TestFactory
    Stream<DynamicTest> nodes() {
        String tainted = "'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]";
        return tests(
                new Case(NAME, "a node comes", added(labelled("")), PLAIN, true),
                new Case(NAME, "a label comes", changed(labelled(""), labelled("'x':'y'")), PLAIN, false),
                new Case(PORTS, "a node comes", added(labelled("")), HOST_PORT, true),
                new Case(PORTS, "a label comes", changed(labelled(""), labelled("'x':'y'")), HOST_PORT, false),
                new Case(PORTS, "who has the port goes", gone(HOST_PORT), HOST_PORT, true),
                new Case(PORTS, "another goes", gone(OTHER), HOST_PORT, false),
                new Case(FEATURES, "a node comes", added(labelled("")), PLAIN, true),
                new Case(FEATURES, "a label comes", changed(labelled(""), labelled("'x':'y'")), PLAIN, false),
                new Case(FEATURES, "it declares more", changed(declaring(""), declaring("'A'")), PLAIN, true),
                new Case(FEATURES, "another pod goes", gone(OTHER), PLAIN, false),
                new Case(CORDON, "a node comes", added(labelled("")), PLAIN, true),
                new Case(CORDON, "a cordoned one comes", added(with("'unschedulable':true")), PLAIN, false),
                new Case(CORDON, "uncordoned", changed(with("'unschedulable':true"), with("")), PLAIN, true),
                new Case(CORDON, "cordoned", changed(with(""), with("'unschedulable':true")), PLAIN, false),
                new Case(CORDON, "the pod tolerates it now", itself(PLAIN, tolerating("Exists")), PLAIN, true),
                new Case(CORDON, "the pod tolerates something else", itself(PLAIN, tolerating("Equal")), PLAIN, false),
                new Case(TAINTS, "a node comes", added(labelled("")), PLAIN, true),
                new Case(TAINTS, "a tainted one comes", added(with(tainted)), PLAIN, false),
                new Case(TAINTS, "the taint goes", changed(with(tainted), with("")), PLAIN, true),
                new Case(TAINTS, "a label comes", changed(labelled(""), labelled("'x':'y'")), PLAIN, false),
                new Case(TAINTS, "the pod tolerates more", itself(PLAIN, tolerating("Exists")), PLAIN, true),
                new Case(TAINTS, "another label of the pod", itself(PLAIN, pod("w", "'a':'b'", "")), PLAIN, false),
                new Case(NODE_AFFINITY, "a node that matches comes", added(labelled("'disk':'ssd'")), SELECTS, true),
                new Case(NODE_AFFINITY, "another node comes", added(labelled("")), SELECTS, false),
                new Case(
                        NODE_AFFINITY,
                        "the label comes",
                        changed(labelled(""), labelled("'disk':'ssd'")),
                        SELECTS,
                        true),
                new Case(
                        NODE_AFFINITY,
                        "it had the label",
                        changed(labelled("'disk':'ssd'"), labelled("'disk':'ssd','x':'y'")),
                        SELECTS,
                        false),
                new Case(NODE_AFFINITY, "a pod goes", gone(OTHER), SELECTS, false));
    }

    private static PodInfo tolerating(String operator) {
        return pod(
                "w",
                "'tolerations':[{'key':'node.kubernetes.io/unschedulable','operator':'" + operator + "','value':'"
                        + (operator.equals("Equal") ? "x" : "") + "'}]");
    }

    @TestFactory
    Stream<DynamicTest> resources() {
        PodInfo large = pod("o", 0, "2", "1Gi");
        PodInfo less = pod("o", 0, "1", "1Gi");
        PodInfo lessMemory = pod("o", 0, "2", "1Mi");
        return tests(
                new Case(FIT, "a node comes that is large enough", added(room("2", "10")), SMALL, true),
                new Case(FIT, "a small one comes", added(room("500m", "10")), SMALL, false),
                new Case(FIT, "it has more", changed(room("1", "10"), room("2", "10")), SMALL, true),
                new Case(FIT, "it has less", changed(room("3", "10"), room("2", "10")), SMALL, false),
                new Case(FIT, "it takes more pods", changed(room("2", "1"), room("2", "2")), SMALL, true),
                new Case(FIT, "it is labelled", changed(labelled(""), labelled("'x':'y'")), SMALL, false),
                new Case(FIT, "a pod goes", goneFrom("2"), SMALL, true),
                new Case(
                        FIT,
                        "a pod goes, and the node is still too small (upstream: yes)",
                        goneFrom("500m"),
                        SMALL,
                        false),
                new Case(FIT, "a pod asks for less", changed(large, less), SMALL, true),
                new Case(FIT, "a pod asks for more", changed(less, large), SMALL, false),
                new Case(
                        FIT,
                        "a pod asks for less of what is not wanted",
                        changed(large, lessMemory),
                        pod("w", "'containers':[{'name':'c','resources':{'requests':{'cpu':'1'}}}]"),
                        false),
                new Case(FIT, "the pod itself asks for less", itself(large, less), less, true),
                new Case(FIT, "the pod itself asks for more", itself(less, large), large, false),
                new Case(FIT, "a pod comes", placed(OTHER), SMALL, false));
    }

    @TestFactory
    Stream<DynamicTest> affinity() {
        return tests(
                new Case(AFFINITY, "a node of a domain comes", added(labelled("'zone':'z'")), NEAR, true),
                new Case(AFFINITY, "a node of no domain comes", added(labelled("")), NEAR, false),
                new Case(AFFINITY, "any node comes", added(labelled("")), FAR, true),
                new Case(AFFINITY, "any node comes, others repel (upstream: no)", added(labelled("")), WEB, true),
                new Case(AFFINITY, "the domain comes", changed(labelled(""), labelled("'zone':'z'")), NEAR, true),
                new Case(AFFINITY, "the domain goes", changed(labelled("'zone':'z'"), labelled("")), NEAR, false),
                new Case(AFFINITY, "the domain goes", changed(labelled("'zone':'z'"), labelled("")), FAR, true),
                new Case(
                        AFFINITY,
                        "the domain changes",
                        changed(labelled("'zone':'z'"), labelled("'zone':'y'")),
                        FAR,
                        true),
                new Case(AFFINITY, "another label", changed(labelled(""), labelled("'x':'y'")), FAR, false),
                new Case(AFFINITY, "a wanted pod comes", placed(WEB), NEAR, true),
                new Case(AFFINITY, "one that meets one of two terms comes", placed(WEB), NEAR_TWO, false),
                new Case(AFFINITY, "another pod comes", placed(OTHER), NEAR, false),
                new Case(AFFINITY, "a pod becomes a wanted one", changed(OTHER, WEB), NEAR, true),
                new Case(AFFINITY, "a wanted pod is none any more", changed(WEB, OTHER), NEAR, false),
                new Case(AFFINITY, "a repelling pod is none any more", changed(WEB, OTHER), FAR, true),
                new Case(AFFINITY, "a repelling pod goes", gone(WEB), FAR, true),
                new Case(AFFINITY, "one that repels the pod goes", gone(FAR_WEB), WEB, true),
                new Case(AFFINITY, "another pod goes", gone(OTHER), FAR, false),
                new Case(AFFINITY, "the pod is labelled", itself(PLAIN, pod("w", "'a':'b'", "")), FAR, true),
                new Case(AFFINITY, "the pod tolerates more", itself(PLAIN, tolerating("Exists")), FAR, false));
    }

    @TestFactory
    Stream<DynamicTest> spread() {
        return tests(
                new Case(SPREAD, "a node of a domain comes", added(labelled("'zone':'z'")), SPREADS, true),
                new Case(SPREAD, "a node of no domain comes", added(labelled("")), SPREADS, false),
                new Case(
                        SPREAD,
                        "a node of a domain goes",
                        new ClusterEvent.NodeGone(labelled("'zone':'z'")),
                        SPREADS,
                        true),
                new Case(SPREAD, "a node of no domain goes", new ClusterEvent.NodeGone(labelled("")), SPREADS, false),
                new Case(SPREAD, "the domain comes", changed(labelled(""), labelled("'zone':'z'")), SPREADS, true),
                new Case(
                        SPREAD,
                        "the domain changes",
                        changed(labelled("'zone':'z'"), labelled("'zone':'y'")),
                        SPREADS,
                        true),
                new Case(
                        SPREAD,
                        "another label",
                        changed(labelled("'zone':'z'"), labelled("'zone':'z','x':'y'")),
                        SPREADS,
                        false),
                new Case(SPREAD, "a counted pod comes", placed(WEB), SPREADS, true),
                new Case(SPREAD, "another pod comes", placed(OTHER), SPREADS, false),
                new Case(SPREAD, "a pod counts now", changed(OTHER, WEB), SPREADS, true),
                new Case(SPREAD, "a pod changes otherwise", changed(WEB, WEB), SPREADS, false),
                new Case(SPREAD, "a counted pod goes", gone(WEB), SPREADS, true),
                new Case(SPREAD, "another pod goes", gone(OTHER), SPREADS, false),
                new Case(SPREAD, "the pod tolerates more", itself(PLAIN, tolerating("Exists")), SPREADS, false),
                new Case(SPREAD, "and taints count", itself(PLAIN, tolerating("Exists")), SPREADS_HONOR, true),
                new Case(SPREAD, "the pod counts itself", itself(OTHER, WEB), SPREADS, true));
    }

    @TestFactory
    Stream<DynamicTest> volumes() {
        ClusterEvent topology = new ClusterEvent.ClassChanged(
                Optional.of(storage("")), storage(",'allowedTopologies':[{'matchLabelExpressions':[]}]"));
        ClusterEvent annotated = new ClusterEvent.ClassChanged(Optional.of(storage("")), storage(""));
        ClusterEvent late =
                new ClusterEvent.ClassChanged(Optional.empty(), storage(",'volumeBindingMode':'WaitForFirstConsumer'"));
        ClusterEvent immediate = new ClusterEvent.ClassChanged(Optional.empty(), storage(""));
        ClusterEvent relabelled = changed(labelled(""), labelled("'x':'y'"));
        ClusterEvent more = new ClusterEvent.CsiNodeChanged(Optional.of(csi(1)), csi(2));
        ClusterEvent fewer = new ClusterEvent.CsiNodeChanged(Optional.of(csi(2)), csi(1));
        return tests(
                new Case(BINDING, "its claim changes", claim("c", false), CLAIMS, true),
                new Case(BINDING, "another claim changes", claim("d", false), CLAIMS, false),
                new Case(BINDING, "a volume changes", volume("", ""), CLAIMS, true),
                new Case(BINDING, "a class comes", immediate, CLAIMS, true),
                new Case(BINDING, "a class is allowed elsewhere", topology, CLAIMS, true),
                new Case(BINDING, "a class changes otherwise", annotated, CLAIMS, false),
                new Case(
                        BINDING,
                        "a node has drivers",
                        new ClusterEvent.CsiNodeChanged(Optional.empty(), csi(1)),
                        CLAIMS,
                        true),
                new Case(BINDING, "a node has others", more, CLAIMS, false),
                new Case(BINDING, "a label comes", relabelled, CLAIMS, true),
                new Case(BINDING, "a pod goes", gone(OTHER), CLAIMS, false),
                new Case(BINDING, "storage comes", room(Optional.empty(), "1Gi"), CLAIMS, true),
                new Case(BINDING, "storage grows", room(Optional.of("1Gi"), "2Gi"), CLAIMS, true),
                new Case(BINDING, "storage shrinks", room(Optional.of("2Gi"), "1Gi"), CLAIMS, false),
                new Case(BINDING, "a driver tells no more", tracking(true, false), CLAIMS, true),
                new Case(BINDING, "a driver begins to tell", tracking(false, true), CLAIMS, false),
                new Case(BINDING, "a volume is detached", DETACHED, CLAIMS, false),
                new Case(LIMITS, "a volume is detached", DETACHED, CLAIMS, true),
                new Case(LIMITS, "and the pod has none", DETACHED, PLAIN, false),
                new Case(ZONE, "storage comes", room(Optional.empty(), "1Gi"), CLAIMS, false),
                new Case(ZONE, "its claim changes", claim("c", false), CLAIMS, true),
                new Case(ZONE, "another claim changes", claim("d", false), CLAIMS, false),
                new Case(
                        ZONE, "a volume's zone changes", volume("", "'topology.kubernetes.io/zone':'z'"), CLAIMS, true),
                new Case(ZONE, "a volume changes otherwise", volume("", "'x':'y'"), CLAIMS, false),
                new Case(ZONE, "a class that waits comes", late, CLAIMS, true),
                new Case(ZONE, "a class that does not comes", immediate, CLAIMS, false),
                new Case(ZONE, "a label comes", relabelled, CLAIMS, true),
                new Case(RESTRICTIONS, "its claim comes", claim("c", true), CLAIMS, true),
                new Case(RESTRICTIONS, "its claim changes", claim("c", false), CLAIMS, false),
                new Case(RESTRICTIONS, "who uses the claim goes", gone(CLAIMS), CLAIMS, true),
                new Case(RESTRICTIONS, "another pod goes", gone(OTHER), CLAIMS, false),
                new Case(RESTRICTIONS, "a label comes", relabelled, CLAIMS, false),
                new Case(LIMITS, "a node takes more", more, CLAIMS, true),
                new Case(LIMITS, "a node takes fewer", fewer, CLAIMS, false),
                new Case(LIMITS, "a pod with a volume goes", gone(CLAIMS), CLAIMS, true),
                new Case(LIMITS, "a pod without one goes", gone(OTHER), CLAIMS, false),
                new Case(LIMITS, "its claim comes", claim("c", true), CLAIMS, true),
                new Case(LIMITS, "its claim changes", claim("c", false), CLAIMS, false));
    }

    private static Stream<DynamicTest> tests(Case... cases) {
        return Stream.of(cases)
                .map(c -> DynamicTest.dynamicTest(
                        c.plugin().name() + ": " + c.name(),
                        () -> assertEquals(c.helps(), c.plugin().mayHelp(c.event(), c.waiting()))));
    }
}
