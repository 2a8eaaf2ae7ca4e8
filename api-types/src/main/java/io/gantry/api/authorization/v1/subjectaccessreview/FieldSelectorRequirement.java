package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `FieldSelectorRequirement` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement",
        model = "V1FieldSelectorRequirement")
public record FieldSelectorRequirement(
        @Required String key,
        @Required String operator,
        @ListType(ListType.Kind.ATOMIC) List<String> values) {
    public FieldSelectorRequirement {
        values = Copies.list(values);
    }
}
