package io.gantry.api.rbac.v1.clusterrole;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `AggregationRule` of `rbac.authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.rbac.v1.AggregationRule", model = "V1AggregationRule")
public record AggregationRule(
        @ListType(ListType.Kind.ATOMIC) List<LabelSelector> clusterRoleSelectors) {
    public AggregationRule {
        clusterRoleSelectors = Copies.list(clusterRoleSelectors);
    }
}
