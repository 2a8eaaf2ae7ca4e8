package io.gantry.controllermanager.daemonset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.daemonset.DaemonSet;
import io.gantry.api.apps.v1.daemonset.DaemonSetStatus;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where daemons come and go, row by row.
class DaemonSetPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    /// @param spec fields of the set's spec but for template and selector
    /// @param pod fields of the template's spec
    /// @param created nodes that get a pod; deleted: names of pods that go
    record Row(
            String name,
            String spec,
            String pod,
            List<Node> nodes,
            List<Pod> pods,
            List<String> created,
            List<String> deleted) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Node node(String name, String labels, String taints) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + labels + "}},\"spec\":{\"taints\":[" + taints
                        + "]}}",
                Node.class);
    }

    private static Node node(String name) {
        return node(name, "", "");
    }

    private static Node tainted(String name, String key, String effect) {
        return node(name, "", "{\"key\":\"" + key + "\",\"effect\":\"" + effect + "\"}");
    }

    /// A pod of the revision, ready or not, assigned to the node.
    private static Pod pod(String name, String node, String revision, String phase, boolean ready) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"ns\",\"uid\":\"" + name
                        + "\",\"labels\":{\"controller-revision-hash\":\"" + revision
                        + "\"}},\"spec\":{\"nodeName\":\"" + node + "\",\"containers\":[]},\"status\":{\"phase\":\""
                        + phase + "\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"" + (ready ? "True" : "False")
                        + "\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}",
                Pod.class);
    }

    private static Pod good(String name, String node, String revision) {
        return pod(name, node, revision, "Running", true);
    }

    /// A pod that waits for the scheduler to bring it to its node.
    private static Pod waiting(String name, String node) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"ns\",\"labels\":{"
                        + "\"controller-revision-hash\":\"new\"}},\"spec\":{\"containers\":[],\"affinity\":{"
                        + "\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":["
                        + "{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"" + node
                        + "\"]}]}]}}}},\"status\":{\"phase\":\"Pending\"}}",
                Pod.class);
    }

    private static DaemonSet set(String spec, String pod) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"d\",\"namespace\":\"ns\",\"uid\":\"d\",\"generation\":1},\"spec\":{" + spec
                        + "\"selector\":{\"matchLabels\":{\"a\":\"d\"}},\"template\":{\"metadata\":{},\"spec\":{" + pod
                        + "\"containers\":[]}}}}",
                DaemonSet.class);
    }

    private static final String UNAVAILABLE =
            "\"updateStrategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":%s}},";
    private static final String SURGE =
            "\"updateStrategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":%s,\"maxUnavailable\":0}},";

    private static Row row(String name, List<Node> nodes, List<Pod> pods, List<String> created, List<String> deleted) {
        return new Row(name, "", "", nodes, pods, created, deleted);
    }

    private static Row row(
            String name, String spec, List<Node> nodes, List<Pod> pods, List<String> created, List<String> deleted) {
        return new Row(name, spec, "", nodes, pods, created, deleted);
    }

    static Stream<Row> rows() {
        Node a = node("a");
        Node b = node("b");
        Node c = node("c");
        return Stream.of(
                row("every node gets one", List.of(a, b), List.of(good("1", "a", "new")), List.of("b"), List.of()),
                row(
                        "the older of two stays",
                        List.of(a),
                        List.of(good("1", "a", "new"), good("2", "a", "new")),
                        List.of(),
                        List.of("2")),
                new Row(
                        "a selector leaves nodes out, and pods there go",
                        "",
                        "\"nodeSelector\":{\"disk\":\"ssd\"},",
                        List.of(node("a", "\"disk\":\"ssd\"", ""), b),
                        List.of(good("1", "b", "new")),
                        List.of("a"),
                        List.of("1")),
                row(
                        "none comes to a NoSchedule taint, one there stays",
                        List.of(tainted("a", "x", "NoSchedule"), tainted("b", "x", "NoSchedule")),
                        List.of(good("1", "b", "new")),
                        List.of(),
                        List.of()),
                row(
                        "one on a NoExecute taint goes",
                        List.of(tainted("a", "x", "NoExecute")),
                        List.of(good("1", "a", "new")),
                        List.of(),
                        List.of("1")),
                row(
                        "daemons tolerate nodes that are not ready, unreachable, full or closed",
                        List.of(
                                tainted("a", "node.kubernetes.io/not-ready", "NoExecute"),
                                tainted("b", "node.kubernetes.io/unreachable", "NoExecute"),
                                tainted("c", "node.kubernetes.io/disk-pressure", "NoSchedule"),
                                tainted("d", "node.kubernetes.io/unschedulable", "NoSchedule")),
                        List.of(),
                        List.of("a", "b", "c", "d"),
                        List.of()),
                row(
                        "a failed one goes, and its successor waits until it has gone",
                        List.of(a),
                        List.of(pod("1", "a", "new", "Failed", false)),
                        List.of(),
                        List.of("1")),
                row(
                        "one that waits for a node that is gone goes",
                        List.of(a),
                        List.of(good("1", "a", "new"), waiting("2", "gone")),
                        List.of(),
                        List.of("2")),
                row(
                        "one that waits for its node counts as there",
                        List.of(a),
                        List.of(waiting("1", "a")),
                        List.of(),
                        List.of()),
                row(
                        "an update takes one at a time",
                        List.of(a, b, c),
                        List.of(good("1", "a", "old"), good("2", "b", "old"), good("3", "c", "old")),
                        List.of(),
                        List.of("1")),
                row(
                        "an update takes as many as may be unavailable",
                        UNAVAILABLE.formatted("2"),
                        List.of(a, b, c),
                        List.of(good("1", "a", "old"), good("2", "b", "old"), good("3", "c", "old")),
                        List.of(),
                        List.of("1", "2")),
                row(
                        "a share of the nodes, rounded up",
                        UNAVAILABLE.formatted("\"34%\""),
                        List.of(a, b, c),
                        List.of(good("1", "a", "old"), good("2", "b", "old"), good("3", "c", "old")),
                        List.of(),
                        List.of("1", "2")),
                row(
                        "an update waits for the one that is on its way",
                        List.of(a, b),
                        List.of(pod("1", "a", "new", "Running", false), good("2", "b", "old")),
                        List.of(),
                        List.of()),
                row(
                        "an old one that is ill costs nothing",
                        List.of(a, b),
                        List.of(pod("1", "a", "old", "Running", false), good("2", "b", "old")),
                        List.of(),
                        List.of("1")),
                row(
                        "OnDelete replaces nothing",
                        "\"updateStrategy\":{\"type\":\"OnDelete\"},",
                        List.of(a),
                        List.of(good("1", "a", "old")),
                        List.of(),
                        List.of()),
                row(
                        "a surge brings the new one first",
                        SURGE.formatted("1"),
                        List.of(a, b),
                        List.of(good("1", "a", "old"), good("2", "b", "old")),
                        List.of("a"),
                        List.of()),
                row(
                        "the old one goes once the new one is available",
                        SURGE.formatted("1"),
                        List.of(a, b),
                        List.of(good("1", "a", "old"), good("2", "b", "old"), good("3", "a", "new")),
                        List.of("b"),
                        List.of("1")),
                row(
                        "a surge costs nothing where the old one is unavailable",
                        SURGE.formatted("1"),
                        List.of(a, b, c),
                        List.of(pod("1", "a", "old", "Running", false), good("2", "b", "old"), good("3", "c", "old")),
                        List.of("a", "b"),
                        List.of()),
                row(
                        "with a surge an old one that is no longer ready goes",
                        SURGE.formatted("1"),
                        List.of(a, b),
                        List.of(
                                pod("1", "a", "old", "Running", false),
                                pod("2", "a", "new", "Running", false),
                                good("3", "b", "old")),
                        List.of("b"),
                        List.of("1")),
                row(
                        "with a surge one of each revision is enough",
                        SURGE.formatted("1"),
                        List.of(a),
                        List.of(
                                good("1", "a", "old"),
                                good("2", "a", "old"),
                                pod("3", "a", "new", "Running", false),
                                pod("4", "a", "new", "Running", false)),
                        List.of(),
                        List.of("4", "2")),
                row(
                        "with a surge the successor of a failed one does not wait",
                        SURGE.formatted("1"),
                        List.of(a),
                        List.of(pod("1", "a", "new", "Failed", false)),
                        List.of("a"),
                        List.of("1")),
                row(
                        "a node with an old and a new one counts as unavailable",
                        UNAVAILABLE.formatted("1"),
                        List.of(a, b),
                        List.of(good("1", "a", "old"), good("2", "a", "new"), good("3", "b", "old")),
                        List.of(),
                        List.of("2")),
                row(
                        "an old one that is not available for long enough costs nothing",
                        "\"minReadySeconds\":3600,",
                        List.of(a, b),
                        List.of(good("1", "a", "new"), good("2", "b", "old")),
                        List.of(),
                        List.of("2")));
    }

    @ParameterizedTest
    @MethodSource
    void rows(Row row) {
        DaemonSetPlan plan = DaemonSetPlan.of(set(row.spec(), row.pod()), row.nodes(), row.pods(), "new", NOW);
        assertEquals(row.created(), plan.creations());
        assertEquals(
                row.deleted(),
                plan.deletions().stream().map(p -> p.metadata().name()).toList());
    }

    /// As upstream: of two pods on a node the oldest is what is counted.
    @Test
    void duringASurgeTheOldOneIsCounted() {
        DaemonSetStatus status = DaemonSetPlan.of(
                        set(SURGE.formatted("1"), ""),
                        List.of(node("a")),
                        List.of(good("1", "a", "old"), pod("2", "a", "new", "Running", false)),
                        "new",
                        NOW)
                .status();
        assertEquals(1, status.numberReady());
        assertEquals(null, status.updatedNumberScheduled());
    }
}
