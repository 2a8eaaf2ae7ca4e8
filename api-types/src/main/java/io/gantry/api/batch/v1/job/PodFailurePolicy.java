package io.gantry.api.batch.v1.job;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `PodFailurePolicy` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.PodFailurePolicy", model = "V1PodFailurePolicy")
public record PodFailurePolicy(
        @Required @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty
        List<PodFailurePolicyRule> rules) {
    public PodFailurePolicy {
        rules = Copies.list(rules);
    }
}
