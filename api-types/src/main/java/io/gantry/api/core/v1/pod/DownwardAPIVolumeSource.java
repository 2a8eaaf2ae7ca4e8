package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DownwardAPIVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.DownwardAPIVolumeSource", model = "V1DownwardAPIVolumeSource")
public record DownwardAPIVolumeSource(
        @ListType(ListType.Kind.ATOMIC) List<DownwardAPIVolumeFile> items,
        @Format("int32") @Default("420") @Nullable Integer defaultMode) {
    public DownwardAPIVolumeSource {
        items = Copies.list(items);
    }
}
