package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `AzureDiskVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.AzureDiskVolumeSource", model = "V1AzureDiskVolumeSource")
public record AzureDiskVolumeSource(
        @Default(value = "\"Shared\"", declared = true) @OneOf({"Shared", "Dedicated", "Managed"}) @Nullable
        String kind,

        @Required String diskName,
        @Required String diskURI,

        @Default(value = "\"ReadWrite\"", declared = true) @OneOf({"None", "ReadOnly", "ReadWrite"}) @Nullable
        String cachingMode,

        @Default(value = "\"ext4\"", declared = true) @Nullable
        String fsType,

        @Default("false") @Written @Nullable Boolean readOnly) {}
