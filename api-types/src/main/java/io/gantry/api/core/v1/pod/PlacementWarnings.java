package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Old labels of nodes, and selectors that select no pod, where a pod says where it may run (upstream
/// `pkg/api/node/util.go`, `pkg/api/pod/warnings.go`).
public final class PlacementWarnings {
    private static final String REQUIRED = ".requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = ".preferredDuringSchedulingIgnoredDuringExecution";
    private static final String NO_POD = "labelSelector: a null labelSelector results in matching no pod";
    private static final Map<String, String> DEPRECATED_LABELS = Map.of(
            "beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
            "app.kubernetes.io/created-by", "deprecated since v1.9",
            "scheduler.alpha.kubernetes.io/preferAvoidPods",
                    "deprecated since v1.22; use Taints and Tolerations instead",
            "node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead");

    private PlacementWarnings() {}

    static void add(PodSpec spec, String path, List<String> warnings) {
        spec.nodeSelector().keySet().forEach(key -> {
            String why = DEPRECATED_LABELS.get(key);
            if (why != null) {
                warnings.add(path + ".nodeSelector[" + key + "]: " + why);
            }
        });
        if (spec.affinity() != null && spec.affinity().nodeAffinity() != null) {
            nodes(spec.affinity().nodeAffinity(), path + ".affinity.nodeAffinity", warnings);
        }
        for (int i = 0; i < spec.topologySpreadConstraints().size(); i++) {
            TopologySpreadConstraint constraint =
                    spec.topologySpreadConstraints().get(i);
            String at = path + ".topologySpreadConstraints[" + i + "].";
            label(constraint.topologyKey(), at + "topologyKey", warnings);
            if (constraint.labelSelector() == null) {
                warnings.add(at + NO_POD);
            }
        }
        if (spec.affinity() != null && spec.affinity().podAffinity() != null) {
            PodAffinity affinity = spec.affinity().podAffinity();
            pods(
                    affinity.requiredDuringSchedulingIgnoredDuringExecution(),
                    affinity.preferredDuringSchedulingIgnoredDuringExecution(),
                    path + ".affinity.podAffinity",
                    warnings);
        }
        if (spec.affinity() != null && spec.affinity().podAntiAffinity() != null) {
            PodAntiAffinity affinity = spec.affinity().podAntiAffinity();
            pods(
                    affinity.requiredDuringSchedulingIgnoredDuringExecution(),
                    affinity.preferredDuringSchedulingIgnoredDuringExecution(),
                    path + ".affinity.podAntiAffinity",
                    warnings);
        }
    }

    /// Warnings of the terms of a node selector.
    public static void terms(NodeSelector selector, String path, List<String> warnings) {
        for (int i = 0; i < selector.nodeSelectorTerms().size(); i++) {
            term(selector.nodeSelectorTerms().get(i), path + ".nodeSelectorTerms[" + i + "]", false, warnings);
        }
    }

    private static void nodes(NodeAffinity affinity, String path, List<String> warnings) {
        if (affinity.requiredDuringSchedulingIgnoredDuringExecution() != null) {
            terms(affinity.requiredDuringSchedulingIgnoredDuringExecution(), path + REQUIRED, warnings);
        }
        List<PreferredSchedulingTerm> preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution();
        for (int i = 0; i < preferred.size(); i++) {
            if (preferred.get(i).preference() != null) {
                term(preferred.get(i).preference(), path + PREFERRED + "[" + i + "].preference", true, warnings);
            }
        }
    }

    private static void term(NodeSelectorTerm term, String path, boolean values, List<String> warnings) {
        for (int i = 0; i < term.matchExpressions().size(); i++) {
            NodeSelectorRequirement expression = term.matchExpressions().get(i);
            String at = path + ".matchExpressions[" + i + "]";
            label(expression.key(), at + ".key", warnings);
            for (int v = 0; values && v < expression.values().size(); v++) {
                String value = expression.values().get(v);
                String where = at + ".values[" + v + "]: " + value + " is invalid, ";
                Names.labelValue(value).forEach(fault -> warnings.add(where + fault));
            }
        }
    }

    private static void label(@Nullable String key, String path, List<String> warnings) {
        String why = DEPRECATED_LABELS.get(text(key));
        if (why != null) {
            warnings.add(path + ": " + key + " is " + why);
        }
    }

    private static void pods(
            List<PodAffinityTerm> required,
            List<WeightedPodAffinityTerm> preferred,
            String path,
            List<String> warnings) {
        for (int i = 0; i < required.size(); i++) {
            if (required.get(i).labelSelector() == null) {
                warnings.add(path + REQUIRED + "[" + i + "]." + NO_POD);
            }
        }
        for (int i = 0; i < preferred.size(); i++) {
            PodAffinityTerm term = preferred.get(i).podAffinityTerm();
            if (term == null || term.labelSelector() == null) {
                warnings.add(path + PREFERRED + "[" + i + "].podAffinityTerm." + NO_POD);
            }
        }
    }
}
