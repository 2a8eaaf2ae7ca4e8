package io.gantry.scheduler.plugins;

import static io.gantry.scheduler.testing.Objects.json;
import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static io.gantry.scheduler.testing.Objects.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.node.Node;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class FilterPluginsTest {
    private static final String FITS = "";
    private static final String AFFINITY = "node(s) didn't match Pod's node affinity/selector";
    private static final String TAINT = "node(s) had untolerated taint(s)";
    private static final String PORTS = "node(s) didn't have free ports for the requested pod ports";
    private static final String SPREAD = "node(s) didn't match pod topology spread constraints";

    /// @param expected the reasons joined, empty when the node fits; a leading `!` marks unresolvable
    private record Case(String name, FilterPlugin plugin, PodInfo pod, NodeInfo node, String expected) {}

    private static final FilterPlugin TAINTS = new TaintToleration();
    private static final FilterPlugin NODE_AFFINITY = new NodeAffinityPlugin(NodeAffinityArgs.DEFAULT);
    private static final FilterPlugin FIT = new NodeResourcesFit(NodeResourcesFitArgs.DEFAULT, new FakeCluster());
    private static final FilterPlugin HOST_PORTS = new NodePorts();

    private static final FilterPlugin FEATURES = new NodeDeclaredFeatures();

    private static PodInfo restarting(String action) {
        return pod("p", "'containers':[{'name':'c','restartPolicyRules':[{'action':'" + action + "'}]}]");
    }

    private static NodeInfo declaring(String feature) {
        return NodeInfo.of(
                json(Node.class, "{'metadata':{'name':'a'},'status':{'declaredFeatures':['" + feature + "']}}"));
    }

    @TestFactory
    Stream<DynamicTest> oneNode() {
        return Stream.of(
                        new Case("schedulable", new NodeUnschedulable(), pod("p", ""), node("a"), FITS),
                        new Case(
                                "cordoned",
                                new NodeUnschedulable(),
                                pod("p", ""),
                                node("a", "", "'unschedulable':true"),
                                "!node(s) were unschedulable"),
                        new Case(
                                "cordoned, tolerated",
                                new NodeUnschedulable(),
                                pod(
                                        "p",
                                        "'tolerations':[{'key':'node.kubernetes.io/unschedulable','operator':'Exists'}]"),
                                node("a", "", "'unschedulable':true"),
                                FITS),
                        new Case("named", new NodeName(), pod("p", "'nodeName':'a'"), node("a"), FITS),
                        new Case(
                                "another named",
                                new NodeName(),
                                pod("p", "'nodeName':'b'"),
                                node("a"),
                                "!node(s) didn't match the requested node name"),
                        new Case("no feature needed", FEATURES, pod("p", ""), node("a"), FITS),
                        new Case("another rule of restarts", FEATURES, restarting("Restart"), node("a"), FITS),
                        new Case(
                                "a feature declared",
                                FEATURES,
                                restarting("RestartAllContainers"),
                                declaring("RestartAllContainersOnContainerExits"),
                                FITS),
                        new Case(
                                "another declared",
                                FEATURES,
                                restarting("RestartAllContainers"),
                                declaring("ExtendWebSocketsToKubelet"),
                                "!node(s) didn't match Pod's required features"),
                        new Case("tainted", TAINTS, pod("p", ""), tainted("NoSchedule"), "!" + TAINT),
                        new Case("tainted NoExecute", TAINTS, pod("p", ""), tainted("NoExecute"), "!" + TAINT),
                        new Case("tainted softly", TAINTS, pod("p", ""), tainted("PreferNoSchedule"), FITS),
                        new Case(
                                "tolerated by value",
                                TAINTS,
                                pod("p", "'tolerations':[{'key':'k','value':'v','effect':'NoSchedule'}]"),
                                tainted("NoSchedule"),
                                FITS),
                        new Case(
                                "another value",
                                TAINTS,
                                pod("p", "'tolerations':[{'key':'k','value':'x'}]"),
                                tainted("NoSchedule"),
                                "!" + TAINT),
                        new Case(
                                "everything tolerated",
                                TAINTS,
                                pod("p", "'tolerations':[{'operator':'Exists'}]"),
                                tainted("NoExecute"),
                                FITS),
                        new Case(
                                "selector",
                                NODE_AFFINITY,
                                pod("p", "'nodeSelector':{'disk':'ssd'}"),
                                node("a", "'disk':'ssd'", ""),
                                FITS),
                        new Case(
                                "selector unmet",
                                NODE_AFFINITY,
                                pod("p", "'nodeSelector':{'disk':'ssd'}"),
                                node("a"),
                                "!" + AFFINITY),
                        new Case(
                                "affinity In",
                                NODE_AFFINITY,
                                wants("disk", "In", "ssd"),
                                node("a", "'disk':'ssd'", ""),
                                FITS),
                        new Case("affinity NotIn", NODE_AFFINITY, wants("disk", "NotIn", "ssd"), node("a"), FITS),
                        new Case(
                                "affinity Gt",
                                NODE_AFFINITY,
                                wants("cores", "Gt", "7"),
                                node("a", "'cores':'8'", ""),
                                FITS),
                        new Case(
                                "affinity Lt",
                                NODE_AFFINITY,
                                wants("cores", "Lt", "7"),
                                node("a", "'cores':'8'", ""),
                                "!" + AFFINITY),
                        new Case("fits", FIT, pod("p", 0, "4", "8Gi"), node("a"), FITS),
                        new Case(
                                "no cpu left",
                                FIT,
                                pod("p", 0, "2", "1Gi"),
                                node("a", pod("q", 0, "3", "1Gi")),
                                "Insufficient cpu"),
                        new Case(
                                "neither left",
                                FIT,
                                pod("p", 0, "2", "4Gi"),
                                node("a", pod("q", 0, "3", "5Gi")),
                                "Insufficient cpu, Insufficient memory"),
                        new Case("never enough", FIT, pod("p", 0, "5", "1Gi"), node("a"), "!Insufficient cpu"),
                        new Case(
                                "extended",
                                FIT,
                                pod("p", "'containers':[{'name':'c','resources':{'limits':{'example.com/gpu':'3'}}}]"),
                                node("a"),
                                "!Insufficient example.com/gpu"),
                        new Case("too many pods", FIT, pod("p", ""), full(), "Too many pods"),
                        new Case(
                                "init step counts when greater",
                                FIT,
                                pod("p", "'initContainers':[{'name':'i','resources':{'requests':{'cpu':'5'}}}]"),
                                node("a"),
                                "!Insufficient cpu"),
                        new Case("port free", HOST_PORTS, port("p", 80, ""), node("a", port("q", 81, "")), FITS),
                        new Case("port taken", HOST_PORTS, port("p", 80, ""), node("a", port("q", 80, "")), PORTS),
                        new Case(
                                "port taken on another address",
                                HOST_PORTS,
                                port("p", 80, "10.0.0.1"),
                                node("a", port("q", 80, "10.0.0.2")),
                                FITS),
                        new Case(
                                "port taken on all addresses",
                                HOST_PORTS,
                                port("p", 80, "10.0.0.1"),
                                node("a", port("q", 80, "")),
                                PORTS))
                .map(c -> DynamicTest.dynamicTest(
                        c.plugin.name() + ": " + c.name,
                        () -> assertEquals(c.expected, verdict(c.plugin, c.pod, snapshot(c.node), c.node))));
    }

    @TestFactory
    Stream<DynamicTest> spreadAndAffinity() {
        NodeInfo a = node("a", "'zone':'1'", "").with(web("w1")).with(web("w2"));
        NodeInfo b = node("b", "'zone':'2'", "").with(web("w3"));
        NodeInfo c = node("c", "", "");
        Snapshot cluster = snapshot(a, b, c);
        FilterPlugin affinity = new InterPodAffinity(namespace -> Map.of(), InterPodAffinityArgs.DEFAULT);
        FilterPlugin spread = new PodTopologySpread(pod -> Optional.empty(), PodTopologySpreadArgs.DEFAULT);
        String required = "'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'zone',"
                + "'labelSelector':{'matchLabels':{'app':'web'}}}]";
        PodInfo spreading = pod(
                "p",
                "'app':'web'",
                "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule',"
                        + "'labelSelector':{'matchLabels':{'app':'web'}}}]");
        PodInfo near = pod("p", "'affinity':{'podAffinity':{" + required + "}}");
        PodInfo far = pod("p", "'affinity':{'podAntiAffinity':{" + required + "}}");
        PodInfo firstOfKind =
                pod("p", "'app':'new'", "'affinity':{'podAffinity':{" + required.replace("web", "new") + "}}");
        NodeInfo guarded =
                node("g", "'zone':'3'", "").with(pod("guard", "'affinity':{'podAntiAffinity':{" + required + "}}"));
        record Placing(
                String name, FilterPlugin plugin, PodInfo pod, Snapshot cluster, NodeInfo node, String expected) {}
        return Stream.of(
                        new Placing("would skew", spread, spreading, cluster, a, SPREAD),
                        new Placing("evens out", spread, spreading, cluster, b, FITS),
                        new Placing(
                                "no topology label",
                                spread,
                                spreading,
                                cluster,
                                c,
                                "!" + SPREAD + " (missing required label)"),
                        new Placing("with its friends", affinity, near, cluster, a, FITS),
                        new Placing(
                                "no friends there",
                                affinity,
                                near,
                                cluster,
                                c,
                                "!node(s) didn't match pod affinity rules"),
                        new Placing("first of its kind", affinity, firstOfKind, cluster, a, FITS),
                        new Placing("away", affinity, far, cluster, c, FITS),
                        new Placing(
                                "not away", affinity, far, cluster, b, "node(s) didn't match pod anti-affinity rules"),
                        new Placing(
                                "kept away by another",
                                affinity,
                                web("p"),
                                snapshot(a, guarded),
                                guarded,
                                "node(s) didn't satisfy existing pods anti-affinity rules"))
                .map(p -> DynamicTest.dynamicTest(
                        p.plugin.name() + ": " + p.name,
                        () -> assertEquals(p.expected, verdict(p.plugin, p.pod, p.cluster, p.node))));
    }

    private static String verdict(FilterPlugin plugin, PodInfo pod, Snapshot cluster, NodeInfo node) {
        return switch (plugin.prepare(pod, cluster)) {
            case Preparation.Skip _ -> FITS;
            case Preparation.RejectAll(String reason) -> "*" + reason;
            case Preparation.EachNode(Preparation.NodeFilter filter) -> text(filter.check(node));
            case Preparation.Afresh(Preparation.NodeFilter filter) -> text(filter.check(node));
            case Preparation.OnlyNodes only -> text(only.filter().check(node));
        };
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Fits _ -> FITS;
            case Verdict.Rejected(List<String> reasons, boolean resolvable) ->
                (resolvable ? "" : "!") + String.join(", ", reasons);
        };
    }

    private static NodeInfo tainted(String effect) {
        return node("a", "", "'taints':[{'key':'k','value':'v','effect':'" + effect + "'}]");
    }

    private static PodInfo wants(String key, String operator, String value) {
        return pod(
                "p",
                "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':["
                        + "{'matchExpressions':[{'key':'" + key + "','operator':'" + operator + "','values':['" + value
                        + "']}]}]}}}");
    }

    private static PodInfo port(String name, int port, String address) {
        return pod(
                name,
                "'containers':[{'name':'c','ports':[{'containerPort':80,'hostPort':" + port + ",'hostIP':'" + address
                        + "'}]}]");
    }

    private static PodInfo web(String name) {
        return pod(name, "'app':'web'", "");
    }

    private static NodeInfo full() {
        NodeInfo node = node("a");
        for (int i = 0; i < 10; i++) {
            node = node.with(pod("q" + i, ""));
        }
        return node;
    }
}
