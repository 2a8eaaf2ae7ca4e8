package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `KeyToPath` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.KeyToPath", model = "V1KeyToPath")
public record KeyToPath(
        @Required String key,
        @Required String path,
        @Format("int32") @Nullable Integer mode) {}
