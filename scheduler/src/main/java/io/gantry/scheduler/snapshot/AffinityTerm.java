package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.pod.PodAffinityTerm;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.selector.LabelSelectors;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One pod affinity or anti-affinity term, ready to match.
///
/// @param topologyKey the node label whose value makes the domain
/// @param selector selects pods; null selects none
/// @param namespaces names of namespaces it looks into
/// @param namespaceSelector selects further namespaces by label; null for none
/// @param weight of a preferred term, 0 for a required one
public record AffinityTerm(
        String topologyKey,
        @Nullable LabelSelector selector,
        Set<String> namespaces,
        @Nullable LabelSelector namespaceSelector,
        int weight) {
    static AffinityTerm of(PodAffinityTerm term, String podNamespace, Map<String, String> podLabels, int weight) {
        LabelSelector namespaceSelector = term.namespaceSelector();
        Set<String> namespaces = term.namespaces().isEmpty() && namespaceSelector == null
                ? Set.of(podNamespace)
                : Set.copyOf(term.namespaces());
        LabelSelector selector = Selectors.withLabelKeys(
                term.labelSelector(), podLabels, term.matchLabelKeys(), term.mismatchLabelKeys());
        return new AffinityTerm(term.topologyKey(), selector, namespaces, namespaceSelector, weight);
    }

    /// As a required term.
    AffinityTerm unweighted() {
        return weight == 0 ? this : new AffinityTerm(topologyKey, selector, namespaces, namespaceSelector, 0);
    }

    /// Whether a pod with these labels in this namespace is meant.
    public boolean matches(PodInfo pod, NamespaceLabels namespaceLabels) {
        if (selector == null || !LabelSelectors.matches(selector, pod.labels())) {
            return false;
        }
        return namespaces.contains(pod.namespace())
                || (namespaceSelector != null
                        && LabelSelectors.matches(namespaceSelector, namespaceLabels.of(pod.namespace())));
    }
}
