package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ISCSIPersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ISCSIPersistentVolumeSource", model = "V1ISCSIPersistentVolumeSource")
public record ISCSIPersistentVolumeSource(
        @Required String targetPortal,
        @Required String iqn,
        @Required @Format("int32") Integer lun,

        @Default(value = "\"default\"", declared = true) @Nullable
        String iscsiInterface,

        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @ListType(ListType.Kind.ATOMIC) List<String> portals,
        @Nullable Boolean chapAuthDiscovery,
        @Nullable Boolean chapAuthSession,
        @Nullable SecretReference secretRef,
        @Nullable String initiatorName) {
    public ISCSIPersistentVolumeSource {
        portals = Copies.list(portals);
    }
}
