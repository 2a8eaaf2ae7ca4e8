package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ISCSIVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ISCSIVolumeSource", model = "V1ISCSIVolumeSource")
public record ISCSIVolumeSource(
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
        @Nullable LocalObjectReference secretRef,
        @Nullable String initiatorName) {
    public ISCSIVolumeSource {
        portals = Copies.list(portals);
    }
}
