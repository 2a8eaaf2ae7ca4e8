package io.gantry.controllermanager.common;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.NodeSelectorRequirement;
import io.gantry.api.core.v1.pod.NodeSelectorTerm;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.Toleration;
import java.util.List;
import java.util.Map;

/// Whether a pod may be on a node, as far as selectors, required affinity and taints say.
public final class NodeMatch {
    private NodeMatch() {}

    /// Whether the pod's node selector and required node affinity take the node.
    public static boolean selects(PodSpec spec, Node node) {
        boolean labelled = Labels.matches(spec.nodeSelector(), node.metadata().labels());
        if (!labelled || spec.affinity() == null || spec.affinity().nodeAffinity() == null) {
            return labelled;
        }
        NodeSelector required = spec.affinity().nodeAffinity().requiredDuringSchedulingIgnoredDuringExecution();
        return required == null || required.nodeSelectorTerms().stream().anyMatch(term -> matches(term, node));
    }

    private static boolean matches(NodeSelectorTerm term, Node node) {
        if (term.matchExpressions().isEmpty() && term.matchFields().isEmpty()) {
            return false;
        }
        Map<String, String> fields =
                Map.of("metadata.name", text(node.metadata().name()));
        return term.matchExpressions().stream()
                        .allMatch(r -> matches(r, node.metadata().labels()))
                && term.matchFields().stream().allMatch(r -> matches(r, fields));
    }

    private static boolean matches(NodeSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.key());
        List<String> values = requirement.values();
        return switch (requirement.operator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && !values.isEmpty() && compare(value, values.getFirst()) > 0;
            case "Lt" -> value != null && !values.isEmpty() && compare(value, values.getFirst()) < 0;
            default -> false;
        };
    }

    /// 0, which is neither greater nor less, when one is no number.
    private static int compare(String a, String b) {
        try {
            return Long.compare(Long.parseLong(a), Long.parseLong(b));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// Whether one of the tolerations takes the taint, for whatever time.
    public static boolean tolerates(List<Toleration> tolerations, Taint taint) {
        return tolerations.stream().anyMatch(toleration -> tolerates(toleration, taint));
    }

    /// Whether the toleration takes the taint, for whatever time.
    public static boolean tolerates(Toleration toleration, Taint taint) {
        String effect = text(toleration.effect());
        String key = text(toleration.key());
        if (!effect.isEmpty() && !effect.equals(taint.effect()) || !key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return switch (text(toleration.operator())) {
            case "Exists" -> true;
            case "", "Equal" -> text(toleration.value()).equals(text(taint.value()));
            default -> false;
        };
    }
}
