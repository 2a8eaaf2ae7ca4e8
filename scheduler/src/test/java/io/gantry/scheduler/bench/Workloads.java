package io.gantry.scheduler.bench;

import java.util.List;
import java.util.function.IntFunction;

/// One workload after upstream's `scheduler_perf`.
///
/// @param floor pods per second that upstream's own test asks for
/// @param nodeLabels JSON members by the node's number
/// @param before pods that are in place first, in order
/// @param measured the pods whose scheduling is timed
/// @param waiting pods that no node can take, there from the start
public record Workloads(
        String name,
        int floor,
        int nodes,
        IntFunction<String> nodeLabels,
        List<Batch> before,
        Batch measured,
        List<Batch> waiting) {

    /// Pods of one kind.
    ///
    /// @param namespace in which they are
    /// @param labels JSON members; `#` is a number from 0 to 49, each pod's the next
    /// @param spec JSON members of the spec beside the containers
    public record Batch(int pods, String namespace, String labels, String cpu, int priority, String spec) {}

    private static Batch plain(int pods) {
        return new Batch(pods, "plain", "", "100m", 0, "");
    }

    private static String term(String key, String color, String namespaces) {
        return "{'topologyKey':'" + key + "','labelSelector':{'matchLabels':{'color':'" + color + "'}},'namespaces':["
                + namespaces + "]}";
    }

    private static Batch affine(int pods, String namespace, String color, String affinity) {
        return new Batch(pods, namespace, "'color':'" + color + "'", "100m", 0, "'affinity':{" + affinity + "}");
    }

    private static String required(String term) {
        return "{'requiredDuringSchedulingIgnoredDuringExecution':[" + term + "]}";
    }

    private static String preferred(String term) {
        return "{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,'podAffinityTerm':" + term + "}]}";
    }

    private static String zones(int node) {
        return ",'topology.kubernetes.io/zone':'moon-" + node % 3 + "'";
    }

    private static String oneZone(int node) {
        return ",'topology.kubernetes.io/zone':'zone1'";
    }

    public static List<Workloads> all(int nodes) {
        String host = "kubernetes.io/hostname";
        String zone = "topology.kubernetes.io/zone";
        String both = "'sched-1','sched-0'";
        IntFunction<String> none = i -> "";
        String anti = "'podAntiAffinity':" + required(term(host, "green", both));
        String with = "'podAffinity':" + required(term(zone, "blue", both));
        String prefers = "'podAffinity':" + preferred(term(host, "red", both));
        String avoids = "'podAntiAffinity':" + preferred(term(host, "yellow", both));
        String nodeAffinity = "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                + "{'nodeSelectorTerms':[{'matchExpressions':[{'key':'" + zone
                + "','operator':'In','values':['zone1','zone2']}]}]}}}";
        String spread = "'topologySpreadConstraints':[{'maxSkew':5,'topologyKey':'" + zone
                + "','whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'color':'blue'}}}]";
        return List.of(
                new Workloads("basic", 680, nodes, none, List.of(plain(nodes / 5)), plain(2 * nodes), List.of()),
                new Workloads(
                        "many groups",
                        680,
                        nodes,
                        none,
                        List.of(plain(nodes / 5)),
                        new Batch(2 * nodes, "plain", "'group':'g#'", "10m", 0, ""),
                        List.of()),
                new Workloads(
                        "topology spread",
                        460,
                        nodes,
                        Workloads::zones,
                        List.of(plain(nodes)),
                        new Batch(nodes, "sched-1", "'color':'blue'", "100m", 0, spread),
                        List.of()),
                new Workloads(
                        "required node affinity",
                        220,
                        nodes,
                        Workloads::oneZone,
                        List.of(plain(nodes)),
                        new Batch(2 * nodes, "sched-1", "", "100m", 0, nodeAffinity),
                        List.of()),
                new Workloads(
                        "pod anti-affinity",
                        60,
                        nodes,
                        none,
                        List.of(affine(nodes / 5, "sched-0", "green", anti)),
                        affine(nodes / 5, "sched-1", "green", anti),
                        List.of()),
                new Workloads(
                        "pod affinity",
                        35,
                        nodes,
                        Workloads::oneZone,
                        List.of(affine(nodes, "sched-0", "blue", with)),
                        affine(nodes, "sched-1", "blue", with),
                        List.of()),
                new Workloads(
                        "preferred pod affinity",
                        90,
                        nodes,
                        none,
                        List.of(affine(nodes, "sched-0", "red", prefers)),
                        affine(nodes, "sched-1", "red", prefers),
                        List.of()),
                new Workloads(
                        "preferred pod anti-affinity",
                        90,
                        nodes,
                        none,
                        List.of(affine(nodes, "sched-0", "yellow", avoids)),
                        affine(nodes, "sched-1", "yellow", avoids),
                        List.of()),
                new Workloads(
                        "preemption",
                        570,
                        nodes,
                        none,
                        List.of(new Batch(4 * nodes, "low", "", "900m", 0, "")),
                        new Batch(nodes, "high", "", "3", 1000, ""),
                        List.of()),
                new Workloads(
                        "unschedulable backlog",
                        590,
                        nodes,
                        none,
                        List.of(),
                        plain(2 * nodes),
                        List.of(new Batch(nodes / 5, "large", "", "9", 10, ""))));
    }
}
