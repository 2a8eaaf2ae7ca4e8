package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `DownwardAPIVolumeFile` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.DownwardAPIVolumeFile", model = "V1DownwardAPIVolumeFile")
public record DownwardAPIVolumeFile(
        @Required String path,
        @Nullable ObjectFieldSelector fieldRef,
        @Nullable ResourceFieldSelector resourceFieldRef,
        @Format("int32") @Nullable Integer mode) {}
