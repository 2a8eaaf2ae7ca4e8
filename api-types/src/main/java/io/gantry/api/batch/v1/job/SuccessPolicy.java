package io.gantry.api.batch.v1.job;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `SuccessPolicy` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.SuccessPolicy", model = "V1SuccessPolicy")
public record SuccessPolicy(
        @Required @ListType(ListType.Kind.ATOMIC) List<SuccessPolicyRule> rules) {
    public SuccessPolicy {
        rules = Copies.list(rules);
    }
}
