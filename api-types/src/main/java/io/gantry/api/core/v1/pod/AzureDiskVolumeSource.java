package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `AzureDiskVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.AzureDiskVolumeSource", model = "V1AzureDiskVolumeSource")
public record AzureDiskVolumeSource(
        @Default("\"Shared\"") @OneOf({"Shared", "Dedicated", "Managed"}) @Nullable
        String kind,

        @Required String diskName,
        @Required String diskURI,

        @Default("\"ReadWrite\"") @OneOf({"None", "ReadOnly", "ReadWrite"}) @Nullable
        String cachingMode,

        @Default("\"ext4\"") @Nullable String fsType,
        @Default("false") @Nullable Boolean readOnly) {}
