package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Affinity;
import io.gantry.api.core.v1.pod.NodeAffinity;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.NodeSelectorRequirement;
import io.gantry.api.core.v1.pod.NodeSelectorTerm;
import io.gantry.api.core.v1.pod.Pod;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Matching of node selectors: terms are alternatives, requirements in a term must all hold (upstream
/// `component-helpers/scheduling/corev1/nodeaffinity`).
public final class NodeSelectors {
    private static final String NAME_FIELD = "metadata.name";

    private NodeSelectors() {}

    /// Whether `spec.nodeSelector` and required node affinity both hold.
    public static boolean admits(Pod pod, Node node) {
        Map<String, String> labels = node.metadata().labels();
        for (Map.Entry<String, String> wanted : pod.spec().nodeSelector().entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        NodeSelector required = required(pod);
        return required == null || matches(required, node);
    }

    /// What node selector and required node affinity ask of a node.
    private record Question(
            Map<String, String> labels, @Nullable NodeSelector required) {}

    /// The positions of the nodes for which [#admits] holds.
    public static BitSet admitted(Pod pod, Snapshot snapshot) {
        return snapshot.nodesWhere(new Question(pod.spec().nodeSelector(), required(pod)), node -> admits(pod, node));
    }

    /// Whether every node is admitted.
    public static boolean admitsAll(Pod pod) {
        return pod.spec().nodeSelector().isEmpty() && required(pod) == null;
    }

    public static @Nullable NodeSelector required(Pod pod) {
        NodeAffinity affinity = nodeAffinity(pod);
        return affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
    }

    public static @Nullable NodeAffinity nodeAffinity(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null ? null : affinity.nodeAffinity();
    }

    public static boolean matches(NodeSelector selector, Node node) {
        return selector.nodeSelectorTerms().stream().anyMatch(term -> matches(term, node));
    }

    /// An empty term matches no node.
    public static boolean matches(NodeSelectorTerm term, Node node) {
        if (term.matchExpressions().isEmpty() && term.matchFields().isEmpty()) {
            return false;
        }
        return term.matchExpressions().stream()
                        .allMatch(r -> holds(r, node.metadata().labels().get(r.key())))
                && term.matchFields().stream()
                        .allMatch(r -> r.key().equals(NAME_FIELD)
                                && holds(r, node.metadata().name()));
    }

    /// The nodes a selector names by `metadata.name In (…)` in each of its terms (as DaemonSets do);
    /// empty when it leaves other nodes open.
    public static Optional<Set<String>> namedNodes(NodeSelector selector) {
        Set<String> names = new HashSet<>();
        for (NodeSelectorTerm term : selector.nodeSelectorTerms()) {
            Optional<NodeSelectorRequirement> byName = term.matchFields().stream()
                    .filter(r -> r.key().equals(NAME_FIELD) && r.operator().equals("In"))
                    .findFirst();
            if (byName.isEmpty()) {
                return Optional.empty();
            }
            names.addAll(byName.get().values());
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private static boolean holds(NodeSelectorRequirement requirement, @Nullable String value) {
        List<String> values = requirement.values();
        return switch (requirement.operator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> compare(value, values) > 0;
            case "Lt" -> compare(value, values) < 0;
            default -> false;
        };
    }

    /// Compares as whole numbers; 0 when either is none, which matches neither operator.
    private static int compare(@Nullable String value, List<String> bound) {
        if (value == null || bound.size() != 1) {
            return 0;
        }
        try {
            return Long.compare(Long.parseLong(value), Long.parseLong(bound.getFirst()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
