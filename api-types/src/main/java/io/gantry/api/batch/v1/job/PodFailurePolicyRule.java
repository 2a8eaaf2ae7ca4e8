package io.gantry.api.batch.v1.job;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PodFailurePolicyRule` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.PodFailurePolicyRule", model = "V1PodFailurePolicyRule")
public record PodFailurePolicyRule(
        @Required
        @OneOf(
                value = {"FailJob", "FailIndex", "Ignore", "Count"},
                byRules = true)
        String action,

        @Nullable PodFailurePolicyOnExitCodesRequirement onExitCodes,
        @ListType(ListType.Kind.ATOMIC) List<PodFailurePolicyOnPodConditionsPattern> onPodConditions) {
    public PodFailurePolicyRule {
        onPodConditions = Copies.list(onPodConditions);
    }
}
