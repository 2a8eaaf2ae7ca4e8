package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `DownwardAPIProjection` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.DownwardAPIProjection", model = "V1DownwardAPIProjection")
public record DownwardAPIProjection(
        @ListType(ListType.Kind.ATOMIC) List<DownwardAPIVolumeFile> items) {
    public DownwardAPIProjection {
        items = Copies.list(items);
    }
}
