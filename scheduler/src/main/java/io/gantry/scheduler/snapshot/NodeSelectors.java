package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.pod.Affinity;
import io.gantry.api.core.v1.pod.NodeAffinity;
import io.gantry.api.core.v1.pod.NodeRequirements;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.NodeSelectorRequirement;
import io.gantry.api.core.v1.pod.NodeSelectorTerm;
import io.gantry.api.core.v1.pod.Pod;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which nodes of a snapshot a pod's node selector and affinity leave open.
public final class NodeSelectors {
    private static final String NAME_FIELD = "metadata.name";

    private NodeSelectors() {}

    /// What node selector and required node affinity ask of a node.
    private record Question(
            Map<String, String> labels, @Nullable NodeSelector required) {}

    /// The positions of the nodes that [NodeRequirements#hold] takes.
    public static BitSet admitted(Pod pod, Snapshot snapshot) {
        return snapshot.nodesWhere(
                new Question(pod.spec().nodeSelector(), required(pod)),
                node -> NodeRequirements.hold(pod.spec(), node));
    }

    /// Whether every node is admitted.
    public static boolean admitsAll(Pod pod) {
        return pod.spec().nodeSelector().isEmpty() && required(pod) == null;
    }

    public static @Nullable NodeSelector required(Pod pod) {
        return NodeRequirements.affinity(pod.spec());
    }

    public static @Nullable NodeAffinity nodeAffinity(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null ? null : affinity.nodeAffinity();
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
}
