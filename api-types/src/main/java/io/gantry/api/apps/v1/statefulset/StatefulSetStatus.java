package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `StatefulSetStatus` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.StatefulSetStatus", model = "V1StatefulSetStatus")
public record StatefulSetStatus(
        @Format("int64") @Nullable Long observedGeneration,
        @Required @Format("int32") Integer replicas,
        @Format("int32") @Nullable Integer readyReplicas,
        @Format("int32") @Nullable Integer currentReplicas,
        @Format("int32") @Nullable Integer updatedReplicas,
        @Nullable String currentRevision,
        @Nullable String updateRevision,
        @Format("int32") @Nullable Integer collisionCount,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<StatefulSetCondition> conditions,

        @Default("0") @Format("int32") @Written @Nullable Integer availableReplicas) {
    public StatefulSetStatus {
        conditions = Copies.list(conditions);
    }
}
