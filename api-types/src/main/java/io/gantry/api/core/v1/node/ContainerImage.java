package io.gantry.api.core.v1.node;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ContainerImage` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerImage", model = "V1ContainerImage")
public record ContainerImage(
        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<String> names,
        @Format("int64") @Nullable Long sizeBytes) {
    public ContainerImage {
        names = Copies.list(names);
    }
}
