package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DaemonSetStatus` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DaemonSetStatus", model = "V1DaemonSetStatus")
public record DaemonSetStatus(
        @Required @Format("int32") Integer currentNumberScheduled,
        @Required @Format("int32") Integer numberMisscheduled,
        @Required @Format("int32") Integer desiredNumberScheduled,
        @Required @Format("int32") Integer numberReady,
        @Format("int64") @Nullable Long observedGeneration,
        @Format("int32") @Nullable Integer updatedNumberScheduled,
        @Format("int32") @Nullable Integer numberAvailable,
        @Format("int32") @Nullable Integer numberUnavailable,
        @Format("int32") @Nullable Integer collisionCount,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<DaemonSetCondition> conditions) {
    public DaemonSetStatus {
        conditions = Copies.list(conditions);
    }
}
