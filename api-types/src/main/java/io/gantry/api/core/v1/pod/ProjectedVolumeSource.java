package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ProjectedVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ProjectedVolumeSource", model = "V1ProjectedVolumeSource")
public record ProjectedVolumeSource(
        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<VolumeProjection> sources,
        @Format("int32") @Default("420") @Nullable Integer defaultMode) {
    public ProjectedVolumeSource {
        sources = Copies.list(sources);
    }
}
