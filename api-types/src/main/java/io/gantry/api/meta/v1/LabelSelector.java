package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import java.util.Map;

/// `LabelSelector` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector", model = "V1LabelSelector")
@Atomic
public record LabelSelector(
        Map<String, String> matchLabels,
        @ListType(ListType.Kind.ATOMIC) List<LabelSelectorRequirement> matchExpressions) {
    public LabelSelector {
        matchLabels = Copies.map(matchLabels);
        matchExpressions = Copies.list(matchExpressions);
    }
}
