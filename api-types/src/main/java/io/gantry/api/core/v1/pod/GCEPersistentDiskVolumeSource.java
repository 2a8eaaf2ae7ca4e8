package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `GCEPersistentDiskVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.GCEPersistentDiskVolumeSource", model = "V1GCEPersistentDiskVolumeSource")
public record GCEPersistentDiskVolumeSource(
        @Required String pdName,
        @Nullable String fsType,
        @Format("int32") @Nullable Integer partition,
        @Nullable Boolean readOnly) {}
