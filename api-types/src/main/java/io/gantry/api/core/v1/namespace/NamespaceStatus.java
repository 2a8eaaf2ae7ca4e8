package io.gantry.api.core.v1.namespace;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `NamespaceStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NamespaceStatus", model = "V1NamespaceStatus")
public record NamespaceStatus(
        @OneOf({"Active", "Terminating"}) @Default("\"Active\"") @Nullable
        String phase,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<NamespaceCondition> conditions) {
    public NamespaceStatus {
        conditions = Copies.list(conditions);
    }
}
