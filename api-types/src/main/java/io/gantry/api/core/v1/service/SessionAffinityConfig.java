package io.gantry.api.core.v1.service;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `SessionAffinityConfig` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.SessionAffinityConfig", model = "V1SessionAffinityConfig")
public record SessionAffinityConfig(@Nullable ClientIPConfig clientIP) {}
