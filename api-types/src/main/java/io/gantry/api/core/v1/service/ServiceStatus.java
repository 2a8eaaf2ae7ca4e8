package io.gantry.api.core.v1.service;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.Condition;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ServiceStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ServiceStatus", model = "V1ServiceStatus")
public record ServiceStatus(
        @Default("{}") @Written @Nullable LoadBalancerStatus loadBalancer,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<Condition> conditions) {
    public ServiceStatus {
        conditions = Copies.list(conditions);
    }
}
