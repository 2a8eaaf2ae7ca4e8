package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `LabelSelectorRequirement` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
        model = "V1LabelSelectorRequirement")
public record LabelSelectorRequirement(
        @Required String key,
        @Required String operator,
        @ListType(ListType.Kind.ATOMIC) List<String> values) {
    public LabelSelectorRequirement {
        values = Copies.list(values);
    }
}
