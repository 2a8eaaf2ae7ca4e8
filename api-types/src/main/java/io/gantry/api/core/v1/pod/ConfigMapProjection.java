package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ConfigMapProjection` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ConfigMapProjection", model = "V1ConfigMapProjection")
public record ConfigMapProjection(
        @ListType(ListType.Kind.ATOMIC) List<KeyToPath> items,
        @Nullable Boolean optional,
        @Written @Nullable String name) {
    public ConfigMapProjection {
        items = Copies.list(items);
    }
}
