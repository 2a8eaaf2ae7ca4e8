package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `LabelSelectorAttributes` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.LabelSelectorAttributes", model = "V1LabelSelectorAttributes")
public record LabelSelectorAttributes(
        @Nullable String rawSelector,
        @ListType(ListType.Kind.ATOMIC) List<LabelSelectorRequirement> requirements) {
    public LabelSelectorAttributes {
        requirements = Copies.list(requirements);
    }
}
