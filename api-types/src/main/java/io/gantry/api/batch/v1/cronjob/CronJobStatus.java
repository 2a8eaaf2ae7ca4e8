package io.gantry.api.batch.v1.cronjob;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CronJobStatus` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.CronJobStatus", model = "V1CronJobStatus")
public record CronJobStatus(
        @ListType(ListType.Kind.ATOMIC) List<ObjectReference> active,
        @Nullable Instant lastScheduleTime,
        @Nullable Instant lastSuccessfulTime) {
    public CronJobStatus {
        active = Copies.list(active);
    }
}
