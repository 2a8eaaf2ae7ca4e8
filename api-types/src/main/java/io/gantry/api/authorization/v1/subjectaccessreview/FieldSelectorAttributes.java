package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `FieldSelectorAttributes` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.FieldSelectorAttributes", model = "V1FieldSelectorAttributes")
public record FieldSelectorAttributes(
        @Nullable String rawSelector,
        @ListType(ListType.Kind.ATOMIC) List<FieldSelectorRequirement> requirements) {
    public FieldSelectorAttributes {
        requirements = Copies.list(requirements);
    }
}
