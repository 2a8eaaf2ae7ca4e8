package io.gantry.api.batch.v1.job;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PodFailurePolicyOnExitCodesRequirement` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement",
        model = "V1PodFailurePolicyOnExitCodesRequirement")
public record PodFailurePolicyOnExitCodesRequirement(
        @Nullable String containerName,

        @Required
        @OneOf(
                value = {"In", "NotIn"},
                byRules = true)
        String operator,

        @Required @Format("int32") @ListType(ListType.Kind.SET)
        List<Integer> values) {
    public PodFailurePolicyOnExitCodesRequirement {
        values = Copies.list(values);
    }
}
