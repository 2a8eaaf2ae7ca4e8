package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `NodeSelectorRequirement` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeSelectorRequirement", model = "V1NodeSelectorRequirement")
public record NodeSelectorRequirement(
        @Required(byRules = true) String key,

        @Required(byRules = true)
        @OneOf(
                value = {"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"},
                byRules = true)
        String operator,

        @ListType(ListType.Kind.ATOMIC) List<String> values) {
    public NodeSelectorRequirement {
        values = Copies.list(values);
    }
}
