package io.gantry.api.node.v1.runtimeclass;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.pod.Toleration;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import java.util.Map;

/// `Scheduling` of `node.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.node.v1.Scheduling", model = "V1Scheduling")
public record Scheduling(
        @Atomic Map<String, String> nodeSelector,
        @ListType(ListType.Kind.ATOMIC) List<Toleration> tolerations) {
    public Scheduling {
        nodeSelector = Copies.map(nodeSelector);
        tolerations = Copies.list(tolerations);
    }
}
