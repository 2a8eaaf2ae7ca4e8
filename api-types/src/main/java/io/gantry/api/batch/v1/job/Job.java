package io.gantry.api.batch.v1.job;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The Job kind of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.Job", model = "V1Job")
public record Job(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        JobSpec spec,
        @Default("{}") JobStatus status)
        implements KubernetesObject {
    public Job {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? JobSpecBuilder.builder().build() : spec;
        status = status == null ? JobStatusBuilder.builder().build() : status;
    }
}
