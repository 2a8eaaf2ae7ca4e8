package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may change in the affinity of a pod that is held back by scheduling gates: what nodes must be may only become
/// narrower, what they should be may change at will (upstream `validateNodeAffinityMutation`).
final class GatedAffinity {
    private static final String TERMS =
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

    private GatedAffinity() {}

    /// The affinity with the old one's part for nodes, so that what is left can be compared with the old one.
    static @Nullable Affinity munged(@Nullable Affinity now, @Nullable Affinity old, FieldErrors errors) {
        NodeAffinity oldNodes = old == null ? null : old.nodeAffinity();
        narrower(terms(now == null ? null : now.nodeAffinity()), terms(oldNodes), errors);
        if (now == null) {
            return oldNodes == null
                    ? null
                    : AffinityBuilder.builder().nodeAffinity(oldNodes).build();
        }
        if (old == null && now.podAffinity() == null && now.podAntiAffinity() == null) {
            return null;
        }
        return AffinityBuilder.builder(now).nodeAffinity(oldNodes).build();
    }

    private static List<NodeSelectorTerm> terms(@Nullable NodeAffinity affinity) {
        return affinity == null || affinity.requiredDuringSchedulingIgnoredDuringExecution() == null
                ? List.of()
                : affinity.requiredDuringSchedulingIgnoredDuringExecution().nodeSelectorTerms();
    }

    private static void narrower(List<NodeSelectorTerm> now, List<NodeSelectorTerm> old, FieldErrors errors) {
        if (old.isEmpty()) {
            return;
        }
        if (now.size() != old.size()) {
            errors.invalid(TERMS, now, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int i = 0; i < old.size(); i++) {
            if (!narrower(now.get(i), old.get(i))) {
                errors.invalid(
                        TERMS + "[" + i + "]", now.get(i), "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static boolean narrower(NodeSelectorTerm now, NodeSelectorTerm old) {
        boolean nothing = old.matchExpressions().isEmpty() && old.matchFields().isEmpty();
        if (nothing && !(now.matchExpressions().isEmpty() && now.matchFields().isEmpty())) {
            return false;
        }
        return begins(now.matchExpressions(), old.matchExpressions()) && begins(now.matchFields(), old.matchFields());
    }

    private static <T> boolean begins(List<T> list, List<T> beginning) {
        return list.size() >= beginning.size()
                && list.subList(0, beginning.size()).equals(beginning);
    }
}
