package io.gantry.api.batch.v1.job;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `JobSpec` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.JobSpec", model = "V1JobSpec")
public record JobSpec(
        @Format("int32") @Nullable Integer parallelism,
        @Format("int32") @Nullable Integer completions,
        @Format("int64") @Nullable Long activeDeadlineSeconds,
        @Nullable PodFailurePolicy podFailurePolicy,
        @Nullable SuccessPolicy successPolicy,
        @Format("int32") @Nullable Integer backoffLimit,
        @Format("int32") @Nullable Integer backoffLimitPerIndex,
        @Format("int32") @Nullable Integer maxFailedIndexes,
        @Nullable LabelSelector selector,
        @Nullable Boolean manualSelector,
        @Required @Written PodTemplateSpec template,
        @Format("int32") @Nullable Integer ttlSecondsAfterFinished,

        @OneOf(
                value = {"NonIndexed", "Indexed"},
                byRules = true)
        @Nullable
        String completionMode,

        @Nullable Boolean suspend,

        @OneOf(
                value = {"TerminatingOrFailed", "Failed"},
                byRules = true)
        @Nullable
        String podReplacementPolicy,

        @Nullable String managedBy) {}
