package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `SecretProjection` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.SecretProjection", model = "V1SecretProjection")
public record SecretProjection(
        @ListType(ListType.Kind.ATOMIC) List<KeyToPath> items,
        @Nullable Boolean optional,
        @Written @Nullable String name) {
    public SecretProjection {
        items = Copies.list(items);
    }
}
