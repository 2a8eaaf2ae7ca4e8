package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `GlusterfsPersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.GlusterfsPersistentVolumeSource", model = "V1GlusterfsPersistentVolumeSource")
public record GlusterfsPersistentVolumeSource(
        @Required String endpoints,
        @Required String path,
        @Nullable Boolean readOnly,
        @Nullable String endpointsNamespace) {}
