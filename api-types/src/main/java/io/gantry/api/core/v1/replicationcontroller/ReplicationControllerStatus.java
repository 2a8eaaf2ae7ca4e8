package io.gantry.api.core.v1.replicationcontroller;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ReplicationControllerStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ReplicationControllerStatus", model = "V1ReplicationControllerStatus")
public record ReplicationControllerStatus(
        @Required @Format("int32") Integer replicas,
        @Format("int32") @Nullable Integer fullyLabeledReplicas,
        @Format("int32") @Nullable Integer readyReplicas,
        @Format("int32") @Nullable Integer availableReplicas,
        @Format("int64") @Nullable Long observedGeneration,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<ReplicationControllerCondition> conditions) {
    public ReplicationControllerStatus {
        conditions = Copies.list(conditions);
    }
}
