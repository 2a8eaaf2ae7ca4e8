package io.gantry.api.quota;

import io.gantry.api.core.v1.pod.Affinity;
import io.gantry.api.core.v1.pod.PodAffinityTerm;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.WeightedPodAffinityTerm;
import java.util.stream.Stream;

/// Whether a pod's affinity looks into other namespaces.
final class CrossNamespaceAffinity {
    private CrossNamespaceAffinity() {}

    static boolean isUsed(PodSpec spec) {
        Affinity affinity = spec.affinity();
        return affinity != null
                && terms(affinity).anyMatch(term -> !term.namespaces().isEmpty() || term.namespaceSelector() != null);
    }

    private static Stream<PodAffinityTerm> terms(Affinity affinity) {
        Stream<PodAffinityTerm> near = affinity.podAffinity() == null
                ? Stream.empty()
                : Stream.concat(
                        affinity.podAffinity().requiredDuringSchedulingIgnoredDuringExecution().stream(),
                        affinity.podAffinity().preferredDuringSchedulingIgnoredDuringExecution().stream()
                                .map(WeightedPodAffinityTerm::podAffinityTerm));
        Stream<PodAffinityTerm> far = affinity.podAntiAffinity() == null
                ? Stream.empty()
                : Stream.concat(
                        affinity.podAntiAffinity().requiredDuringSchedulingIgnoredDuringExecution().stream(),
                        affinity.podAntiAffinity().preferredDuringSchedulingIgnoredDuringExecution().stream()
                                .map(WeightedPodAffinityTerm::podAffinityTerm));
        return Stream.concat(near, far);
    }
}
