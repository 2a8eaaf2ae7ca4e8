package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `PodDNSConfigOption` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodDNSConfigOption", model = "V1PodDNSConfigOption")
public record PodDNSConfigOption(
        @Nullable String name, @Nullable String value) {}
