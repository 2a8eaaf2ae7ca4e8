package io.gantry.api.core.v1.resourcequota;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `ScopeSelector` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ScopeSelector", model = "V1ScopeSelector")
@Atomic
public record ScopeSelector(@ListType(ListType.Kind.ATOMIC) List<ScopedResourceSelectorRequirement> matchExpressions) {
    public ScopeSelector {
        matchExpressions = Copies.list(matchExpressions);
    }
}
