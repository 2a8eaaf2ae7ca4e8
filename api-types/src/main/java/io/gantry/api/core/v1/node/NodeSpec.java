package io.gantry.api.core.v1.node;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `NodeSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeSpec", model = "V1NodeSpec")
public record NodeSpec(
        @Nullable String podCIDR,

        @ListType(ListType.Kind.SET) @PatchStrategy(value = "merge")
        List<String> podCIDRs,

        @Nullable String providerID,
        @Nullable Boolean unschedulable,
        @ListType(ListType.Kind.ATOMIC) List<Taint> taints,
        @Nullable NodeConfigSource configSource,
        @Nullable String externalID) {
    public NodeSpec {
        podCIDRs = Copies.list(podCIDRs);
        taints = Copies.list(taints);
    }
}
