package io.gantry.api.batch.v1.job;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `SuccessPolicyRule` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.SuccessPolicyRule", model = "V1SuccessPolicyRule")
public record SuccessPolicyRule(
        @Nullable String succeededIndexes,
        @Format("int32") @Nullable Integer succeededCount) {}
