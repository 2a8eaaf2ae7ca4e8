package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `QuobyteVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.QuobyteVolumeSource", model = "V1QuobyteVolumeSource")
public record QuobyteVolumeSource(
        @Required String registry,
        @Required String volume,
        @Nullable Boolean readOnly,
        @Nullable String user,
        @Nullable String group,
        @Nullable String tenant) {}
