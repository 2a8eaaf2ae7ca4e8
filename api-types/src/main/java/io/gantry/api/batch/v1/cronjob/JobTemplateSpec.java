package io.gantry.api.batch.v1.cronjob;

import io.gantry.api.batch.v1.job.JobSpec;
import io.gantry.api.batch.v1.job.JobSpecBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;

/// `JobTemplateSpec` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.JobTemplateSpec", model = "V1JobTemplateSpec")
public record JobTemplateSpec(@Default("{}") ObjectMeta metadata, JobSpec spec) {
    public JobTemplateSpec {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? JobSpecBuilder.builder().build() : spec;
    }
}
