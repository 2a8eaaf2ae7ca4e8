package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `PodAntiAffinity` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodAntiAffinity", model = "V1PodAntiAffinity")
public record PodAntiAffinity(
        @ListType(ListType.Kind.ATOMIC) List<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution,
        @ListType(ListType.Kind.ATOMIC) List<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution) {
    public PodAntiAffinity {
        requiredDuringSchedulingIgnoredDuringExecution = Copies.list(requiredDuringSchedulingIgnoredDuringExecution);
        preferredDuringSchedulingIgnoredDuringExecution = Copies.list(preferredDuringSchedulingIgnoredDuringExecution);
    }
}
