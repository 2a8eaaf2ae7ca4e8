package io.gantry.api.batch.v1.cronjob;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The CronJob kind of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.CronJob", model = "V1CronJob")
public record CronJob(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required CronJobSpec spec,
        @Default("{}") CronJobStatus status)
        implements KubernetesObject {
    public CronJob {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? CronJobSpecBuilder.builder().build() : spec;
        status = status == null ? CronJobStatusBuilder.builder().build() : status;
    }
}
