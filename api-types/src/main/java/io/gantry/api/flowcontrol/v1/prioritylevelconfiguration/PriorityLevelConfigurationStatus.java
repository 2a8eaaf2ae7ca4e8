package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;

/// `PriorityLevelConfigurationStatus` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus",
        model = "V1PriorityLevelConfigurationStatus")
public record PriorityLevelConfigurationStatus(
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<PriorityLevelConfigurationCondition> conditions) {
    public PriorityLevelConfigurationStatus {
        conditions = Copies.list(conditions);
    }
}
