package io.gantry.api.apps.v1.deployment;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeploymentStatus` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DeploymentStatus", model = "V1DeploymentStatus")
public record DeploymentStatus(
        @Format("int64") @Nullable Long observedGeneration,
        @Format("int32") @Nullable Integer replicas,
        @Format("int32") @Nullable Integer updatedReplicas,
        @Format("int32") @Nullable Integer readyReplicas,
        @Format("int32") @Nullable Integer availableReplicas,
        @Format("int32") @Nullable Integer unavailableReplicas,
        @Format("int32") @Nullable Integer terminatingReplicas,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<DeploymentCondition> conditions,

        @Format("int32") @Nullable Integer collisionCount) {
    public DeploymentStatus {
        conditions = Copies.list(conditions);
    }
}
