package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PodAffinityTerm` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodAffinityTerm", model = "V1PodAffinityTerm")
public record PodAffinityTerm(
        @Nullable LabelSelector labelSelector,
        @ListType(ListType.Kind.ATOMIC) List<String> namespaces,
        @Required String topologyKey,
        @Nullable LabelSelector namespaceSelector,
        @ListType(ListType.Kind.ATOMIC) List<String> matchLabelKeys,
        @ListType(ListType.Kind.ATOMIC) List<String> mismatchLabelKeys) {
    public PodAffinityTerm {
        namespaces = Copies.list(namespaces);
        matchLabelKeys = Copies.list(matchLabelKeys);
        mismatchLabelKeys = Copies.list(mismatchLabelKeys);
    }
}
