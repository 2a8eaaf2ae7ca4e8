package io.gantry.scheduler.snapshot;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.selector.LabelSelectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which pods are counted. Equal selections share one count.
public sealed interface PodSelection {
    boolean selects(PodInfo pod);

    /// Whether it also depends on labels of namespaces.
    boolean looksAtNamespaces();

    /// The pods of a namespace with these labels that are not going away; no selector selects none.
    record Living(String namespace, @Nullable LabelSelector selector) implements PodSelection {
        @Override
        public boolean selects(PodInfo pod) {
            return selector != null
                    && !pod.terminating()
                    && pod.namespace().equals(namespace)
                    && LabelSelectors.matches(selector, pod.labels());
        }

        @Override
        public boolean looksAtNamespaces() {
            return false;
        }
    }

    /// The pods that use a claim.
    record UsesClaim(String namespace, String claim) implements PodSelection {
        @Override
        public boolean selects(PodInfo pod) {
            if (pod.pod().spec().volumes().isEmpty() || !pod.namespace().equals(namespace)) {
                return false;
            }
            return PodVolumes.claimNames(pod).contains(claim);
        }

        @Override
        public boolean looksAtNamespaces() {
            return false;
        }
    }

    /// The pods that all terms mean; topology keys and weights play no part.
    final class Meant implements PodSelection {
        private final List<AffinityTerm> terms;
        private final NamespaceLabels namespaces;

        public Meant(List<AffinityTerm> terms, NamespaceLabels namespaces) {
            this.terms = terms.stream().map(AffinityTerm::unweighted).toList();
            this.namespaces = namespaces;
        }

        @Override
        public boolean selects(PodInfo pod) {
            for (AffinityTerm term : terms) {
                if (!term.matches(pod, namespaces)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean looksAtNamespaces() {
            return terms.stream().anyMatch(term -> term.namespaceSelector() != null);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Meant meant && terms.equals(meant.terms);
        }

        @Override
        public int hashCode() {
            return terms.hashCode();
        }
    }
}
