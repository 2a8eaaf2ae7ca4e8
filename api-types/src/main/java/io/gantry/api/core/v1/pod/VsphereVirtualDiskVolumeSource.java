package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `VsphereVirtualDiskVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource", model = "V1VsphereVirtualDiskVolumeSource")
public record VsphereVirtualDiskVolumeSource(
        @Required String volumePath,
        @Nullable String fsType,
        @Nullable String storagePolicyName,
        @Nullable String storagePolicyID) {}
