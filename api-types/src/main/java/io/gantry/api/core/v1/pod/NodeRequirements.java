package io.gantry.api.core.v1.pod;

import io.gantry.api.core.v1.node.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pod requires of its node by selector and affinity (upstream
/// `component-helpers/scheduling/corev1/nodeaffinity`): terms are alternatives, requirements in a term must all
/// hold. Pure.
public final class NodeRequirements {
    private static final String NAME_FIELD = "metadata.name";

    private NodeRequirements() {}

    /// Whether `nodeSelector` and required node affinity both hold.
    public static boolean hold(PodSpec spec, Node node) {
        Map<String, String> labels = node.metadata().labels();
        for (Map.Entry<String, String> wanted : spec.nodeSelector().entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        NodeSelector required = affinity(spec);
        return required == null || matches(required, node);
    }

    /// The required node affinity; null where none is required.
    public static @Nullable NodeSelector affinity(PodSpec spec) {
        NodeAffinity affinity = spec.affinity() == null ? null : spec.affinity().nodeAffinity();
        return affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
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
