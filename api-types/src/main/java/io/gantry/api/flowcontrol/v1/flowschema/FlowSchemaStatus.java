package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;

/// `FlowSchemaStatus` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.FlowSchemaStatus", model = "V1FlowSchemaStatus")
public record FlowSchemaStatus(
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<FlowSchemaCondition> conditions) {
    public FlowSchemaStatus {
        conditions = Copies.list(conditions);
    }
}
