package io.gantry.api.core.v1.service;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `ClientIPConfig` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ClientIPConfig", model = "V1ClientIPConfig")
public record ClientIPConfig(@Format("int32") @Nullable Integer timeoutSeconds) {}
