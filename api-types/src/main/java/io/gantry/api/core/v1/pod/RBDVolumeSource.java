package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `RBDVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.RBDVolumeSource", model = "V1RBDVolumeSource")
public record RBDVolumeSource(
        @Required @ListType(ListType.Kind.ATOMIC) List<String> monitors,
        @Required String image,
        @Nullable String fsType,

        @Default(value = "\"rbd\"", declared = true) @Nullable
        String pool,

        @Default(value = "\"admin\"", declared = true) @Nullable
        String user,

        @Default(value = "\"/etc/ceph/keyring\"", declared = true) @Nullable
        String keyring,

        @Nullable LocalObjectReference secretRef,
        @Nullable Boolean readOnly) {
    public RBDVolumeSource {
        monitors = Copies.list(monitors);
    }
}
