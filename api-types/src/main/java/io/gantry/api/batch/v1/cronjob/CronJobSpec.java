package io.gantry.api.batch.v1.cronjob;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `CronJobSpec` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.CronJobSpec", model = "V1CronJobSpec")
public record CronJobSpec(
        @Required String schedule,
        @Nullable String timeZone,
        @Format("int64") @Nullable Long startingDeadlineSeconds,

        @OneOf({"Allow", "Forbid", "Replace"}) @Default("\"Allow\"") @Nullable
        String concurrencyPolicy,

        @Default("false") @Nullable Boolean suspend,
        @Required @Written JobTemplateSpec jobTemplate,
        @Format("int32") @Default("3") @Nullable Integer successfulJobsHistoryLimit,
        @Format("int32") @Default("1") @Nullable Integer failedJobsHistoryLimit) {}
