package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CephFSVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.CephFSVolumeSource", model = "V1CephFSVolumeSource")
public record CephFSVolumeSource(
        @Required @ListType(ListType.Kind.ATOMIC) List<String> monitors,
        @Nullable String path,
        @Nullable String user,
        @Nullable String secretFile,
        @Nullable LocalObjectReference secretRef,
        @Nullable Boolean readOnly) {
    public CephFSVolumeSource {
        monitors = Copies.list(monitors);
    }
}
