package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.TopologySpreadConstraint;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Selectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One topology spread constraint of a pod, with defaults filled in.
///
/// @param topologyKey the node label that makes domains
/// @param maxSkew how far a domain may be above the emptiest one
/// @param minDomains with fewer domains than this the emptiest counts as empty
/// @param selector the pods that are counted; null counts none
/// @param honorAffinity count only nodes the pod's node affinity admits
/// @param honorTaints count only nodes whose taints the pod tolerates
record SpreadConstraint(
        String topologyKey,
        int maxSkew,
        int minDomains,
        @Nullable LabelSelector selector,
        boolean honorAffinity,
        boolean honorTaints) {
    /// Labels that tell pods of one workload apart, left out of default spreading.
    private static final Set<String> OF_ONE_POD = Set.of(
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            "batch.kubernetes.io/job-completion-index",
            "controller-revision-hash");

    private static final int DEFAULT_HOST_SKEW = 3;
    private static final int DEFAULT_ZONE_SKEW = 5;

    static List<SpreadConstraint> hard(PodInfo pod) {
        return declared(pod, "DoNotSchedule");
    }

    /// The declared ones; the default ones when none of any kind is declared.
    static List<SpreadConstraint> soft(PodInfo pod) {
        return pod.pod().spec().topologySpreadConstraints().isEmpty() ? defaults(pod) : declared(pod, "ScheduleAnyway");
    }

    private static List<SpreadConstraint> declared(PodInfo pod, String whenUnsatisfiable) {
        return pod.pod().spec().topologySpreadConstraints().stream()
                .filter(constraint -> constraint.whenUnsatisfiable().equals(whenUnsatisfiable))
                .map(constraint -> of(pod, constraint))
                .toList();
    }

    private static SpreadConstraint of(PodInfo pod, TopologySpreadConstraint constraint) {
        Integer minDomains = constraint.minDomains();
        return new SpreadConstraint(
                constraint.topologyKey(),
                constraint.maxSkew(),
                minDomains == null ? 1 : minDomains,
                Selectors.withLabelKeys(
                        constraint.labelSelector(), pod.labels(), constraint.matchLabelKeys(), List.of()),
                !"Ignore".equals(constraint.nodeAffinityPolicy()),
                "Honor".equals(constraint.nodeTaintsPolicy()));
    }

    private static List<SpreadConstraint> defaults(PodInfo pod) {
        if (pod.pod().metadata().ownerReferences().isEmpty() || pod.labels().isEmpty()) {
            return List.of();
        }
        Map<String, String> shared = new HashMap<>(pod.labels());
        shared.keySet().removeAll(OF_ONE_POD);
        LabelSelector selector = new LabelSelector(shared, List.of());
        return List.of(
                new SpreadConstraint("kubernetes.io/hostname", DEFAULT_HOST_SKEW, 1, selector, true, false),
                new SpreadConstraint("topology.kubernetes.io/zone", DEFAULT_ZONE_SKEW, 1, selector, true, false));
    }

    static boolean hasLabels(List<SpreadConstraint> constraints, NodeInfo node) {
        return constraints.stream().allMatch(c -> node.labels().containsKey(c.topologyKey));
    }

    boolean selects(PodInfo pod) {
        return selector != null && LabelSelectors.matches(selector, pod.labels());
    }

    /// Whether the node's pods and domain count for this pod.
    boolean countsNode(PodInfo pod, NodeInfo node) {
        if (!node.labels().containsKey(topologyKey)) {
            return false;
        }
        if (honorAffinity && !NodeSelectors.admits(pod.pod(), node.node())) {
            return false;
        }
        if (honorTaints) {
            for (Taint taint : node.node().spec().taints()) {
                if (Taints.repels(taint) && !Taints.tolerated(pod.pod().spec().tolerations(), taint)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The selected pods of the same namespace on the node that are not going away.
    int matching(PodInfo pod, NodeInfo node) {
        int count = 0;
        for (PodInfo other : node.pods()) {
            if (!other.terminating() && other.namespace().equals(pod.namespace()) && selects(other)) {
                count++;
            }
        }
        return count;
    }
}
