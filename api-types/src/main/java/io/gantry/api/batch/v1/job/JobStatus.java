package io.gantry.api.batch.v1.job;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `JobStatus` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.JobStatus", model = "V1JobStatus")
public record JobStatus(
        @ListType(ListType.Kind.ATOMIC) @PatchStrategy(value = "merge", mergeKey = "type")
        List<JobCondition> conditions,

        @Nullable Instant startTime,
        @Nullable Instant completionTime,
        @Format("int32") @Nullable Integer active,
        @Format("int32") @Nullable Integer succeeded,
        @Format("int32") @Nullable Integer failed,
        @Format("int32") @Nullable Integer terminating,
        @Nullable String completedIndexes,
        @Nullable String failedIndexes,
        @Nullable UncountedTerminatedPods uncountedTerminatedPods,
        @Format("int32") @Nullable Integer ready) {
    public JobStatus {
        conditions = Copies.list(conditions);
    }
}
