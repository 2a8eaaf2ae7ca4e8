package io.gantry.scheduler.plugins;

import static io.gantry.scheduler.testing.Objects.json;
import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static io.gantry.scheduler.testing.Objects.snapshot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.gantry.api.core.v1.node.Node;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ScorePluginsTest {
    private record Case(String name, ScorePlugin plugin, PodInfo pod, List<NodeInfo> nodes, long... expected) {}

    @TestFactory
    Stream<DynamicTest> scores() {
        NodeInfo empty = node("a");
        NodeInfo half = node("b", pod("q", 0, "2", "4Gi"));
        NodeInfo lopsided = node("c", pod("q", 0, "3", "1Gi"));
        return Stream.of(
                        new Case(
                                "least allocated",
                                new NodeResourcesFit(NodeResourcesFitArgs.DEFAULT, new FakeCluster()),
                                pod("p", 0, "1", "2Gi"),
                                List.of(empty, half),
                                75,
                                25),
                        new Case(
                                "balanced",
                                new NodeResourcesBalancedAllocation(BalancedAllocationArgs.DEFAULT),
                                pod("p", 0, "1", "2Gi"),
                                List.of(half, lopsided),
                                100,
                                68),
                        new Case(
                                "no requests, no opinion",
                                new NodeResourcesBalancedAllocation(BalancedAllocationArgs.DEFAULT),
                                pod("p", ""),
                                List.of(half, lopsided),
                                0,
                                0),
                        new Case(
                                "soft taints",
                                new TaintToleration(),
                                pod("p", ""),
                                List.of(node("a", "", "'taints':[{'key':'k','effect':'PreferNoSchedule'}]"), node("b")),
                                0,
                                100),
                        new Case(
                                "preferred affinity",
                                new NodeAffinityPlugin(NodeAffinityArgs.DEFAULT),
                                pod(
                                        "p",
                                        "'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':["
                                                + "{'weight':10,'preference':{'matchExpressions':[{'key':'disk','operator':'Exists'}]}}]}}"),
                                List.of(node("a"), node("b", "'disk':'ssd'", "")),
                                0,
                                100),
                        new Case(
                                "images",
                                new ImageLocality(),
                                pod("p", "'containers':[{'name':'c','image':'docker.io/library/nginx'}]"),
                                List.of(node("a"), withImage("b", "docker.io/library/nginx:latest", 1000)),
                                0,
                                48),
                        new Case(
                                "friends preferred",
                                new InterPodAffinity(namespace -> Map.of(), InterPodAffinityArgs.DEFAULT),
                                pod("p", preferred("podAffinity")),
                                List.of(node("a"), node("b", pod("w", "'app':'web'", ""))),
                                0,
                                100),
                        new Case(
                                "strangers preferred",
                                new InterPodAffinity(namespace -> Map.of(), InterPodAffinityArgs.DEFAULT),
                                pod("p", preferred("podAntiAffinity")),
                                List.of(node("a"), node("b", pod("w", "'app':'web'", ""))),
                                100,
                                0),
                        new Case(
                                "soft spread",
                                new PodTopologySpread(pod -> Optional.empty(), PodTopologySpreadArgs.DEFAULT),
                                pod(
                                        "p",
                                        "'app':'web'",
                                        "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'kubernetes.io/hostname',"
                                                + "'whenUnsatisfiable':'ScheduleAnyway','labelSelector':{'matchLabels':{'app':'web'}}}]"),
                                List.of(node("a"), node("b", pod("w", "'app':'web'", ""))),
                                100,
                                0))
                .map(c -> DynamicTest.dynamicTest(
                        c.plugin.name() + ": " + c.name,
                        () -> assertArrayEquals(
                                c.expected,
                                c.plugin.score(c.pod, snapshot(c.nodes.toArray(NodeInfo[]::new)), c.nodes))));
    }

    private static String preferred(String kind) {
        return "'affinity':{'" + kind + "':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':5,"
                + "'podAffinityTerm':{'topologyKey':'kubernetes.io/hostname','labelSelector':{'matchLabels':{'app':'web'}}}}]}}";
    }

    private static NodeInfo withImage(String name, String image, int mebibytes) {
        return NodeInfo.of(json(
                Node.class,
                "{'metadata':{'name':'" + name + "'},'status':{'images':[{'names':['" + image + "'],'sizeBytes':"
                        + mebibytes * 1024L * 1024 + "}]}}"));
    }
}
