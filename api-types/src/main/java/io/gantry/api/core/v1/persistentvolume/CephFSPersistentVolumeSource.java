package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CephFSPersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.CephFSPersistentVolumeSource", model = "V1CephFSPersistentVolumeSource")
public record CephFSPersistentVolumeSource(
        @Required @ListType(ListType.Kind.ATOMIC) List<String> monitors,
        @Nullable String path,
        @Nullable String user,
        @Nullable String secretFile,
        @Nullable SecretReference secretRef,
        @Nullable Boolean readOnly) {
    public CephFSPersistentVolumeSource {
        monitors = Copies.list(monitors);
    }
}
