package io.gantry.api.apiregistration.v1.apiservice;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;

/// `APIServiceStatus` of `apiregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus", model = "V1APIServiceStatus")
public record APIServiceStatus(
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<APIServiceCondition> conditions) {
    public APIServiceStatus {
        conditions = Copies.list(conditions);
    }
}
