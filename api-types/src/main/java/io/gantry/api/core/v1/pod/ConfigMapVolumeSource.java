package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ConfigMapVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ConfigMapVolumeSource", model = "V1ConfigMapVolumeSource")
public record ConfigMapVolumeSource(
        @ListType(ListType.Kind.ATOMIC) List<KeyToPath> items,
        @Format("int32") @Default("420") @Nullable Integer defaultMode,
        @Nullable Boolean optional,
        @Written @Nullable String name) {
    public ConfigMapVolumeSource {
        items = Copies.list(items);
    }
}
