package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ServiceAccountTokenProjection` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ServiceAccountTokenProjection", model = "V1ServiceAccountTokenProjection")
public record ServiceAccountTokenProjection(
        @Nullable String audience,
        @Format("int64") @Default("3600") @Nullable Long expirationSeconds,
        @Required String path) {}
