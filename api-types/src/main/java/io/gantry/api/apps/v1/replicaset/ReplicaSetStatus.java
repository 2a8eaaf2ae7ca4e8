package io.gantry.api.apps.v1.replicaset;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ReplicaSetStatus` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.ReplicaSetStatus", model = "V1ReplicaSetStatus")
public record ReplicaSetStatus(
        @Required @Format("int32") Integer replicas,
        @Format("int32") @Nullable Integer fullyLabeledReplicas,
        @Format("int32") @Nullable Integer readyReplicas,
        @Format("int32") @Nullable Integer availableReplicas,
        @Format("int32") @Nullable Integer terminatingReplicas,
        @Format("int64") @Nullable Long observedGeneration,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<ReplicaSetCondition> conditions) {
    public ReplicaSetStatus {
        conditions = Copies.list(conditions);
    }
}
