package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.Toleration;
import io.gantry.api.core.v1.pod.Tolerations;
import io.gantry.api.core.v1.pod.TopologySpreadConstraint;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.NodeSelectors;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.PodSelection;
import io.gantry.scheduler.snapshot.Selectors;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// One topology spread constraint of a pod, with defaults filled in.
///
/// @param topologyKey the node label that makes domains
/// @param maxSkew how far a domain may be above the emptiest one
/// @param minDomains with fewer domains than this the emptiest counts as empty
/// @param counted the pods that are counted
/// @param honorAffinity count only nodes the pod's node affinity admits
/// @param honorTaints count only nodes whose taints the pod tolerates
record SpreadConstraint(
        String topologyKey,
        int maxSkew,
        int minDomains,
        PodSelection counted,
        boolean honorAffinity,
        boolean honorTaints) {
    static List<SpreadConstraint> hard(PodInfo pod) {
        return declared(pod, "DoNotSchedule");
    }

    static List<SpreadConstraint> soft(PodInfo pod) {
        return declared(pod, "ScheduleAnyway");
    }

    private static List<SpreadConstraint> declared(PodInfo pod, String whenUnsatisfiable) {
        return pod.pod().spec().topologySpreadConstraints().stream()
                .filter(constraint -> constraint.whenUnsatisfiable().equals(whenUnsatisfiable))
                .map(constraint -> of(pod, constraint))
                .toList();
    }

    private static SpreadConstraint of(PodInfo pod, TopologySpreadConstraint constraint) {
        Integer minDomains = constraint.minDomains();
        LabelSelector selector = Selectors.withLabelKeys(
                constraint.labelSelector(), pod.labels(), constraint.matchLabelKeys(), List.of());
        return new SpreadConstraint(
                constraint.topologyKey(),
                constraint.maxSkew(),
                minDomains == null ? 1 : minDomains,
                new PodSelection.Living(pod.namespace(), selector),
                !"Ignore".equals(constraint.nodeAffinityPolicy()),
                "Honor".equals(constraint.nodeTaintsPolicy()));
    }

    /// The profile's default constraints of one kind for a pod that declares none: they count the pods
    /// of its workload.
    static List<SpreadConstraint> defaults(
            PodInfo pod, List<TopologySpreadConstraint> constraints, LabelSelector workload, String whenUnsatisfiable) {
        return constraints.stream()
                .filter(constraint -> constraint.whenUnsatisfiable().equals(whenUnsatisfiable))
                .map(constraint -> new SpreadConstraint(
                        constraint.topologyKey(),
                        constraint.maxSkew(),
                        1,
                        new PodSelection.Living(pod.namespace(), workload),
                        true,
                        false))
                .toList();
    }

    static boolean hasLabels(List<SpreadConstraint> constraints, NodeInfo node) {
        return hasLabels(constraints, node.node());
    }

    static boolean hasLabels(List<SpreadConstraint> constraints, Node node) {
        for (SpreadConstraint constraint : constraints) {
            if (!node.metadata().labels().containsKey(constraint.topologyKey)) {
                return false;
            }
        }
        return true;
    }

    private record Tolerating(List<Toleration> tolerations) {}

    /// The positions of the nodes that count for the pod; empty when all do.
    Optional<BitSet> countedNodes(PodInfo pod, Snapshot snapshot) {
        BitSet nodes = null;
        if (honorAffinity && !NodeSelectors.admitsAll(pod.pod())) {
            nodes = NodeSelectors.admitted(pod.pod(), snapshot);
        }
        if (honorTaints && snapshot.anyTaints()) {
            List<Toleration> tolerations = pod.pod().spec().tolerations();
            BitSet tolerated =
                    snapshot.nodesWhere(new Tolerating(tolerations), node -> toleratesAll(tolerations, node));
            if (nodes == null) {
                nodes = tolerated;
            } else {
                nodes = (BitSet) nodes.clone();
                nodes.and(tolerated);
            }
        }
        return Optional.ofNullable(nodes);
    }

    private static boolean toleratesAll(List<Toleration> tolerations, Node node) {
        for (Taint taint : node.spec().taints()) {
            if (Taints.repels(taint) && !Tolerations.tolerate(tolerations, taint)) {
                return false;
            }
        }
        return true;
    }
}
