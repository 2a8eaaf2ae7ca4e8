package io.gantry.api.storage.v1.csidriver;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `TokenRequest` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.TokenRequest", model = "StorageV1TokenRequest")
public record TokenRequest(
        @Default("\"\"") @Required String audience,
        @Format("int64") @Nullable Long expirationSeconds) {}
